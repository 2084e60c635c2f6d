-- The outbox, the links that mails carry, and what those links do.

-- The address that the owner has proven to read. Where it isn't the account's (any more), nothing is proven.
ALTER TABLE users ADD COLUMN verified_email text;

-- Mails to be sent. A row is written together with what it tells of, so neither is there without the other.
CREATE TABLE mails (
    id         uuid        PRIMARY KEY,
    kind       text        NOT NULL,
    recipient  text        NOT NULL,
    subject    text        NOT NULL,
    -- Links in it are as good as keys: whoever may read this table may use them.
    text_body  text        NOT NULL,
    html_body  text        NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX mails_recipient ON mails (recipient, id);

-- What a mail asks its reader to open. Each is good once, and proves that the reader has the address.
CREATE TABLE email_links (
    -- SHA-256 of the token: what leaks from here opens nothing.
    hash       bytea       PRIMARY KEY,
    purpose    text        NOT NULL CONSTRAINT email_links_purpose_known CHECK (purpose IN ('password_reset')),
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    email      text        NOT NULL,
    issued_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX email_links_user ON email_links (user_id, purpose);

ALTER TABLE sessions
    DROP CONSTRAINT sessions_end_reason_known,
    ADD CONSTRAINT sessions_end_reason_known CHECK (end_reason IN
        ('signed_out', 'account_locked', 'refresh_token_reused', 'ended_by_owner', 'password_changed'));

INSERT INTO role_permissions (role, permission) VALUES ('administrator', 'mail:read');

-- Puts {id, kind, recipient, subject, text, html} into the outbox; answers the id.
CREATE FUNCTION enqueue_mail(mail jsonb, at timestamptz) RETURNS uuid
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO mails (id, kind, recipient, subject, text_body, html_body, created_at)
    VALUES (
        (mail ->> 'id')::uuid, mail ->> 'kind', mail ->> 'recipient', mail ->> 'subject', mail ->> 'text',
        mail ->> 'html', at);
    SELECT (mail ->> 'id')::uuid;
END;

-- Ends an account's open sessions, all but `kept`. Answers those that an access token may still be out for.
CREATE FUNCTION end_sessions(account uuid, kept uuid, reason text, at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    ended jsonb;
BEGIN
    UPDATE sessions SET ended_at = at, end_reason = reason
    WHERE user_id = account AND ended_at IS NULL AND id IS DISTINCT FROM kept;
    SELECT jsonb_agg(id) INTO ended FROM sessions
    WHERE user_id = account AND ended_at > at - interval '10 minutes';
    RETURN coalesce(ended, '[]');
END
$$;

-- A new password ends the other sessions, spends the other links, and tells the owner. Answers the ended sessions.
CREATE FUNCTION set_password(account uuid, kept_session uuid, new_hash text, mail jsonb, at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO password_credentials (user_id, hash, updated_at) VALUES (account, new_hash, at)
    ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, updated_at = excluded.updated_at;
    UPDATE email_links SET used_at = at WHERE user_id = account AND purpose = 'password_reset' AND used_at IS NULL;
    PERFORM enqueue_mail(mail, at);
    RETURN end_sessions(account, kept_session, 'password_changed', at);
END
$$;

-- Spends a link on a new password. Answers {outcome, ended_sessions}.
CREATE FUNCTION reset_password(token_hash bytea, new_hash text, mail jsonb, at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    link email_links;
BEGIN
    UPDATE email_links SET used_at = at
    WHERE hash = token_hash AND purpose = 'password_reset' AND used_at IS NULL AND expires_at > at
    RETURNING * INTO link;
    -- The address may be another since, or the account locked.
    UPDATE users SET verified_email = email
    WHERE id = link.user_id AND email = link.email AND status = 'active';
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'link_invalid');
    END IF;
    RETURN jsonb_build_object(
        'outcome', 'done', 'ended_sessions', set_password(link.user_id, NULL, new_hash, mail, at));
END
$$;

-- Grants to a role where there is one: some managed databases know none but the owner's.
CREATE FUNCTION grant_to_component(component text, privileges text, object text) RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = component) THEN
        EXECUTE format('GRANT %s ON %I TO %I', privileges, object, component);
    END IF;
END
$$;

SELECT
    grant_to_component('matrice_login', 'SELECT', 'role_permissions'),
    grant_to_component('matrice_login', 'UPDATE (verified_email)', 'users'),
    grant_to_component('matrice_login', 'SELECT, INSERT, UPDATE', 'email_links'),
    grant_to_component('matrice_login', 'INSERT', 'mails'),
    grant_to_component('matrice_admin', 'SELECT', 'mails');
