-- Accounts that people ask for or are invited to, their addresses, and the way out.

ALTER TABLE email_links
    -- Of a link that makes an account, nobody's: there is none until it is opened.
    ALTER COLUMN user_id DROP NOT NULL,
    -- An invitation: its id, the account's roles, and who gives them.
    ADD COLUMN id         uuid,
    ADD COLUMN roles      text[],
    ADD COLUMN invited_by uuid REFERENCES users ON DELETE CASCADE,
    -- What the account's address must still be for the new one to replace it; itself where it is to be proven only.
    ADD COLUMN replaces   text,
    DROP CONSTRAINT email_links_purpose_known,
    ADD CONSTRAINT email_links_purpose_known
        CHECK (purpose IN ('password_reset', 'sign_up', 'invitation', 'email_confirmation')),
    ADD CONSTRAINT email_links_owner CHECK ((user_id IS NULL) = (purpose IN ('sign_up', 'invitation'))),
    ADD CONSTRAINT email_links_invitation
        CHECK (num_nonnulls(id, roles, invited_by) = CASE purpose WHEN 'invitation' THEN 3 ELSE 0 END),
    ADD CONSTRAINT email_links_confirmation CHECK ((replaces IS NOT NULL) = (purpose = 'email_confirmation'));
-- One of a kind to an address: the next replaces it.
CREATE UNIQUE INDEX email_links_asked_for ON email_links (email, purpose) WHERE user_id IS NULL;
CREATE UNIQUE INDEX email_links_invitations ON email_links (id) WHERE purpose = 'invitation';
CREATE INDEX email_links_invited_by ON email_links (invited_by);

-- Whose account a mail is to: it goes with the account. To an address that is no account's (yet), nobody's.
ALTER TABLE mails ADD COLUMN user_id uuid REFERENCES users ON DELETE CASCADE;
CREATE INDEX mails_user ON mails (user_id, id);

-- Puts {id, user_id, kind, recipient, subject, text, html} into the outbox; answers the id.
CREATE OR REPLACE FUNCTION enqueue_mail(mail jsonb, at timestamptz) RETURNS uuid
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO mails (id, user_id, kind, recipient, subject, text_body, html_body, created_at)
    VALUES (
        (mail ->> 'id')::uuid,
        -- The mail about an account's end is written when the account is gone.
        (SELECT users.id FROM users WHERE users.id = (mail ->> 'user_id')::uuid),
        mail ->> 'kind', mail ->> 'recipient', mail ->> 'subject', mail ->> 'text', mail ->> 'html', at);
    SELECT (mail ->> 'id')::uuid;
END;

-- A new password ends the other sessions, spends every link of the account, and tells the owner: whoever had the
-- old one may have asked for another address. Answers the ended sessions.
CREATE OR REPLACE FUNCTION set_password(
    account uuid, kept_session uuid, new_hash text, mail jsonb, at timestamptz
) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO password_credentials (user_id, hash, updated_at) VALUES (account, new_hash, at)
    ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, updated_at = excluded.updated_at;
    UPDATE email_links SET used_at = at WHERE user_id = account AND used_at IS NULL;
    PERFORM enqueue_mail(mail, at);
    RETURN end_sessions(account, kept_session, 'password_changed', at);
END
$$;

-- Whether somebody may make an account with those roles: nobody gives what they don't hold (any more).
CREATE FUNCTION may_make_account(maker uuid, roles text[]) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN EXISTS (SELECT FROM users WHERE id = maker AND status = 'active') AND NOT EXISTS (
        (SELECT 'users:write'
         UNION SELECT 'roles:grant' WHERE cardinality(roles) > 0
         UNION SELECT permission FROM role_permissions WHERE role = ANY (roles))
        EXCEPT
        SELECT permission FROM user_roles JOIN role_permissions USING (role) WHERE user_id = maker
    );

-- Invites somebody, in place of an earlier invitation. Answers {outcome}.
CREATE FUNCTION invite(
    invitation uuid, token_hash bytea, invited text, given text[], inviter uuid, mail jsonb, at timestamptz,
    until timestamptz
) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (SELECT FROM users WHERE email = invited) THEN
        RETURN jsonb_build_object('outcome', 'email_taken');
    END IF;
    IF EXISTS (SELECT unnest(given) EXCEPT SELECT name FROM roles) THEN
        RETURN jsonb_build_object('outcome', 'unknown_role');
    END IF;
    INSERT INTO email_links (id, hash, purpose, email, roles, invited_by, issued_at, expires_at)
    VALUES (invitation, token_hash, 'invitation', invited, given, inviter, at, until)
    ON CONFLICT (email, purpose) WHERE user_id IS NULL DO UPDATE SET
        id = excluded.id,
        hash = excluded.hash,
        roles = excluded.roles,
        invited_by = excluded.invited_by,
        issued_at = excluded.issued_at,
        expires_at = excluded.expires_at;
    PERFORM enqueue_mail(mail, at);
    RETURN jsonb_build_object('outcome', 'done');
END
$$;

-- Spends a link on the account that it was for. Answers {outcome}.
CREATE FUNCTION complete_sign_up(
    token_hash bytea, account uuid, display_name text, password_hash text, at timestamptz
) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    link email_links;
BEGIN
    -- Two at once for one address, even by different links: the second waits here, and then finds none.
    PERFORM FROM email_links
    WHERE user_id IS NULL AND email = (SELECT email FROM email_links WHERE hash = token_hash)
    ORDER BY purpose FOR UPDATE;
    SELECT * INTO link FROM email_links
    WHERE hash = token_hash AND user_id IS NULL AND expires_at > at
        AND (purpose = 'sign_up' OR may_make_account(invited_by, roles));
    -- The first account is the administrator's: any other would end the set-up before it has begun.
    IF NOT FOUND OR NOT EXISTS (SELECT FROM users) THEN
        RETURN jsonb_build_object('outcome', 'link_invalid');
    END IF;
    DELETE FROM email_links WHERE user_id IS NULL AND email = link.email;
    INSERT INTO users (id, email, verified_email, display_name, status, version, created_at, updated_at)
    VALUES (account, link.email, link.email, complete_sign_up.display_name, 'active', 1, at, at);
    INSERT INTO password_credentials (user_id, hash, updated_at) VALUES (account, password_hash, at);
    INSERT INTO user_roles (user_id, role, granted_at) SELECT account, role, at FROM unnest(link.roles) AS role;
    RETURN jsonb_build_object('outcome', 'done');
END
$$;

-- Puts mails into the outbox; answers how many.
CREATE FUNCTION enqueue_mails(mails jsonb, at timestamptz) RETURNS bigint
    LANGUAGE sql
    RETURN (SELECT count(enqueue_mail(mail, at)) FROM jsonb_array_elements(mails) AS mail);

-- Spends a link on the account's new address, which ends every other link, or on the proof of the present one. Tells
-- by those mails where it changes. Answers {outcome}.
CREATE FUNCTION confirm_email(token_hash bytea, mails jsonb, at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    link email_links;
BEGIN
    UPDATE email_links SET used_at = at
    WHERE hash = token_hash AND purpose = 'email_confirmation' AND used_at IS NULL AND expires_at > at
    RETURNING * INTO link;
    -- The address may be a third one since, or the account locked.
    UPDATE users SET
        email = link.email,
        verified_email = link.email,
        version = version + 1,
        updated_at = at
    WHERE id = link.user_id AND email = link.replaces AND status = 'active';
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'link_invalid');
    END IF;
    IF link.email <> link.replaces THEN
        UPDATE email_links SET used_at = at WHERE user_id = link.user_id AND used_at IS NULL;
        PERFORM enqueue_mails(mails, at);
    END IF;
    RETURN jsonb_build_object('outcome', 'done');
END
$$;

-- Deletes an account with all that foreign keys tie to it, and says so by mail. Answers {outcome, ended_sessions}:
-- those that an access token may still be out for.
CREATE FUNCTION delete_account(account uuid, mail jsonb, at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    ended jsonb;
BEGIN
    -- Two administrators leaving at once: the second waits here, and then is the last.
    PERFORM pg_advisory_xact_lock(hashtext('administrators'));
    IF EXISTS (SELECT FROM user_roles WHERE user_id = account AND role = 'administrator')
        AND NOT another_administrator_exists(account) THEN
        RETURN jsonb_build_object('outcome', 'last_administrator');
    END IF;
    SELECT jsonb_agg(id) INTO ended FROM sessions
    WHERE user_id = account AND (ended_at IS NULL OR ended_at > at - interval '10 minutes');
    DELETE FROM users WHERE id = account;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'not_found');
    END IF;
    PERFORM enqueue_mail(mail, at);
    RETURN jsonb_build_object('outcome', 'done', 'ended_sessions', coalesce(ended, '[]'));
END
$$;

SELECT
    grant_to_component('matrice_login', 'SELECT (name)', 'roles'),
    grant_to_component('matrice_login', 'DELETE, UPDATE (email, version, updated_at)', 'users'),
    grant_to_component('matrice_login', 'DELETE', 'email_links'),
    -- What was written to somebody and when; not the text, whose links are keys.
    grant_to_component('matrice_login', 'SELECT (id, user_id, kind, recipient, subject, created_at)', 'mails');
