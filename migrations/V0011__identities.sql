-- Accounts elsewhere that people sign in with, and the way there and back.

-- For components that may not see what proves an account. An account that begins with a provider has no password until
-- its owner sets one.
ALTER TABLE users ADD COLUMN has_password boolean NOT NULL DEFAULT true;

CREATE TABLE identities (
    id           uuid        PRIMARY KEY,
    user_id      uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    provider     text        NOT NULL,
    -- Who vouches for it: subjects are the issuer's, and another issuer's `1` is somebody else.
    issuer       text        NOT NULL,
    subject      text        NOT NULL,
    -- As the provider told it last, for the owner to know it by. Nothing is decided by it.
    email        text,
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    CONSTRAINT identities_subject_key UNIQUE (issuer, subject)
);
CREATE INDEX identities_user ON identities (user_id, id);

-- Browsers that were sent to a provider. Spent, that is deleted, when they come back.
CREATE TABLE provider_authorizations (
    -- SHA-256 of the state, and of what the browser keeps: what leaks from here finishes nothing.
    state_hash   bytea       PRIMARY KEY,
    browser_hash bytea       NOT NULL,
    provider     text        NOT NULL,
    purpose      text        NOT NULL CONSTRAINT provider_authorizations_purpose_known
                             CHECK (purpose IN ('sign_in', 'link', 'step_up')),
    -- Whose purpose it is, where one must be signed in for it.
    session_id   uuid        REFERENCES sessions ON DELETE CASCADE,
    return_to    text        NOT NULL,
    issued_at    timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    CONSTRAINT provider_authorizations_have_session CHECK ((session_id IS NULL) = (purpose = 'sign_in'))
);
CREATE INDEX provider_authorizations_session ON provider_authorizations (session_id);
CREATE INDEX provider_authorizations_expiry ON provider_authorizations (expires_at);

CREATE OR REPLACE FUNCTION set_password(
    account uuid, kept_session uuid, new_hash text, mail jsonb, at timestamptz
) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO password_credentials (user_id, hash, updated_at) VALUES (account, new_hash, at)
    ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, updated_at = excluded.updated_at;
    UPDATE users SET has_password = true WHERE id = account AND NOT has_password;
    UPDATE email_links SET used_at = at WHERE user_id = account AND used_at IS NULL;
    PERFORM enqueue_mail(mail, at);
    RETURN end_sessions(account, kept_session, 'password_changed', at);
END
$$;

-- Links {id, provider, issuer, subject, email} to an account and tells its owner. By a proven address, only while that
-- is the account's and the account has proven it itself.
CREATE FUNCTION link_identity(account uuid, identity jsonb, proven_email text, mail jsonb, at timestamptz) RETURNS text
    LANGUAGE plpgsql
AS $$
DECLARE
    holder uuid;
BEGIN
    INSERT INTO identities (id, user_id, provider, issuer, subject, email, created_at)
    SELECT (identity ->> 'id')::uuid, users.id, identity ->> 'provider', identity ->> 'issuer',
        identity ->> 'subject', identity ->> 'email', at
    FROM users
    WHERE users.id = account AND status = 'active'
        AND (proven_email IS NULL OR (users.email = proven_email AND verified_email = proven_email))
    ON CONFLICT (issuer, subject) DO NOTHING;
    IF FOUND THEN
        PERFORM enqueue_mail(mail, at);
        RETURN 'linked';
    END IF;
    SELECT user_id INTO holder FROM identities
    WHERE issuer = identity ->> 'issuer' AND subject = identity ->> 'subject';
    RETURN CASE holder WHEN account THEN 'linked_before' ELSE 'refused' END;
END
$$;

-- Makes an account without a password, for the address that the provider has verified, and tells its owner.
CREATE FUNCTION sign_up_with_identity(
    account uuid, email text, display_name text, locale text, identity jsonb, mail jsonb, at timestamptz
) RETURNS text
    LANGUAGE plpgsql
AS $$
BEGIN
    -- The first account is the administrator's: any other would end the set-up before it has begun.
    IF NOT EXISTS (SELECT FROM users) THEN
        RETURN 'not_set_up';
    END IF;
    INSERT INTO users (id, email, verified_email, display_name, locale, status, has_password, version, created_at,
        updated_at)
    VALUES (account, sign_up_with_identity.email, sign_up_with_identity.email, sign_up_with_identity.display_name,
        sign_up_with_identity.locale, 'active', false, 1, at, at)
    ON CONFLICT ON CONSTRAINT users_email_key DO NOTHING;
    IF NOT FOUND THEN
        RETURN 'taken';
    END IF;
    -- Not `link_identity`: where another request has made an account of the identity, this one must fail as a whole.
    INSERT INTO identities (id, user_id, provider, issuer, subject, email, created_at, last_used_at)
    VALUES ((identity ->> 'id')::uuid, account, identity ->> 'provider', identity ->> 'issuer',
        identity ->> 'subject', identity ->> 'email', at, at);
    DELETE FROM email_links AS link
    WHERE link.user_id IS NULL AND link.email = sign_up_with_identity.email AND purpose = 'sign_up';
    PERFORM enqueue_mail(mail, at);
    RETURN 'done';
END
$$;

SELECT
    grant_to_component('matrice_login', 'UPDATE (has_password)', 'users'),
    grant_to_component('matrice_login', 'SELECT, INSERT, UPDATE, DELETE', 'identities'),
    grant_to_component('matrice_login', 'SELECT, INSERT, DELETE', 'provider_authorizations');
