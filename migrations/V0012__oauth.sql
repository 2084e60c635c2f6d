-- Other applications that people sign in to: who they are, what they were allowed, and what they got by it.

CREATE TABLE oauth_clients (
    id                        uuid        PRIMARY KEY,
    name                      text        NOT NULL,
    kind                      text        NOT NULL CONSTRAINT oauth_clients_kind_known
                                          CHECK (kind IN ('confidential', 'public')),
    redirect_uris             text[]      NOT NULL,
    post_logout_redirect_uris text[]      NOT NULL,
    scopes                    text[]      NOT NULL,
    -- What it may do in its own name.
    permissions               text[]      NOT NULL,
    skip_consent              boolean     NOT NULL,
    disabled                  boolean     NOT NULL,
    version                   bigint      NOT NULL,
    created_at                timestamptz NOT NULL,
    updated_at                timestamptz NOT NULL
);

CREATE TABLE oauth_client_secrets (
    id         uuid        PRIMARY KEY,
    client_id  uuid        NOT NULL REFERENCES oauth_clients ON DELETE CASCADE,
    -- SHA-256 of the secret: `admin` writes it, `login` alone reads it.
    hash       bytea       NOT NULL CONSTRAINT oauth_client_secrets_hash_key UNIQUE,
    created_at timestamptz NOT NULL
);
CREATE INDEX oauth_client_secrets_client ON oauth_client_secrets (client_id, id);

CREATE TABLE oauth_consents (
    user_id   uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    client_id uuid        NOT NULL REFERENCES oauth_clients ON DELETE CASCADE,
    scopes    text[]      NOT NULL,
    given_at  timestamptz NOT NULL,
    PRIMARY KEY (user_id, client_id)
);
CREATE INDEX oauth_consents_client ON oauth_consents (client_id);

-- One authorization: its code, and what all that came of it stands on. It ends with the session that it was given in.
CREATE TABLE oauth_grants (
    id               uuid        PRIMARY KEY,
    client_id        uuid        NOT NULL REFERENCES oauth_clients ON DELETE CASCADE,
    user_id          uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    session_id       uuid        NOT NULL REFERENCES sessions ON DELETE CASCADE,
    scopes           text[]      NOT NULL,
    nonce            text,
    -- When the person last proved who they are.
    authenticated_at timestamptz NOT NULL,
    -- SHA-256 of the code.
    code_hash        bytea       NOT NULL CONSTRAINT oauth_grants_code_hash_key UNIQUE,
    redirect_uri     text        NOT NULL,
    -- The base64url of the SHA-256 of the code verifier (RFC 7636 §4.2).
    code_challenge   text        NOT NULL,
    issued_at        timestamptz NOT NULL,
    code_expires_at  timestamptz NOT NULL,
    code_used_at     timestamptz,
    revoked_at       timestamptz
);
CREATE INDEX oauth_grants_client ON oauth_grants (client_id);
CREATE INDEX oauth_grants_user ON oauth_grants (user_id, client_id);
CREATE INDEX oauth_grants_session ON oauth_grants (session_id);

CREATE TABLE oauth_refresh_tokens (
    -- SHA-256 of the token.
    hash       bytea       PRIMARY KEY,
    grant_id   uuid        NOT NULL REFERENCES oauth_grants ON DELETE CASCADE,
    issued_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX oauth_refresh_tokens_grant ON oauth_refresh_tokens (grant_id);

-- The application that an event is about, or that did it in its own name.
ALTER TABLE security_events ADD COLUMN client_id uuid;

INSERT INTO role_permissions (role, permission) VALUES
    ('administrator', 'clients:read'),
    ('administrator', 'clients:write');

-- An application as the API shows it.
CREATE FUNCTION oauth_client_document(client oauth_clients) RETURNS jsonb
    LANGUAGE sql STABLE
    RETURN to_jsonb(client) || jsonb_build_object(
        'secrets', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'created_at', created_at) ORDER BY id), '[]')
                    FROM oauth_client_secrets WHERE client_id = client.id)
    );

-- Whether what an authorization gave is good: the application, the account and the session are.
CREATE FUNCTION oauth_grant_is_live(given oauth_grants, at timestamptz) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN given.revoked_at IS NULL
        AND EXISTS (SELECT FROM oauth_clients WHERE id = given.client_id AND NOT disabled)
        AND EXISTS (
            SELECT FROM sessions JOIN users ON users.id = sessions.user_id
            WHERE sessions.id = given.session_id AND ended_at IS NULL AND expires_at > at AND users.status = 'active');

-- An authorization, with what tokens say of the account.
CREATE FUNCTION oauth_grant_document(given oauth_grants) RETURNS jsonb
    LANGUAGE sql STABLE
    RETURN (
        SELECT jsonb_build_object(
            'id', given.id,
            'client_id', given.client_id,
            'user_id', given.user_id,
            'session_id', given.session_id,
            'scopes', given.scopes,
            'nonce', given.nonce,
            'authenticated_at', given.authenticated_at,
            'display_name', display_name,
            'locale', locale,
            'email', email,
            'email_verified', verified_email IS NOT DISTINCT FROM email,
            'has_second_factor', has_second_factor,
            'updated_at', updated_at)
        FROM users WHERE id = given.user_id
    );

-- Adds a refresh token to an authorization: good until `idle_until`, and no longer than the session.
CREATE FUNCTION issue_oauth_refresh_token(
    given oauth_grants, token_hash bytea, at timestamptz, idle_until timestamptz
) RETURNS void
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO oauth_refresh_tokens (hash, grant_id, issued_at, expires_at)
    SELECT token_hash, given.id, at, least(sessions.expires_at, idle_until) FROM sessions
    WHERE sessions.id = given.session_id;
END;

-- Spends a code. Answers {outcome, grant}: `reused` where it was spent before, which ends what came of it.
CREATE FUNCTION exchange_oauth_code(
    presented bytea, client uuid, uri text, challenge text, next_token bytea, at timestamptz, idle_until timestamptz
) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    given oauth_grants;
BEGIN
    -- Two at once: the second waits here, and then finds it spent.
    SELECT * INTO given FROM oauth_grants WHERE code_hash = presented AND client_id = client FOR UPDATE;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'refused');
    END IF;
    IF given.code_used_at IS NOT NULL THEN
        UPDATE oauth_grants SET revoked_at = coalesce(revoked_at, at) WHERE id = given.id;
        RETURN jsonb_build_object('outcome', 'reused', 'user_id', given.user_id, 'session_id', given.session_id);
    END IF;
    IF given.code_expires_at <= at OR given.redirect_uri <> uri OR given.code_challenge <> challenge
        OR NOT oauth_grant_is_live(given, at) THEN
        RETURN jsonb_build_object('outcome', 'refused');
    END IF;
    UPDATE oauth_grants SET code_used_at = at WHERE id = given.id;
    IF 'offline_access' = ANY (given.scopes) THEN
        PERFORM issue_oauth_refresh_token(given, next_token, at, idle_until);
    END IF;
    RETURN jsonb_build_object('outcome', 'done', 'grant', oauth_grant_document(given));
END
$$;

-- Spends a refresh token on the next. Answers {outcome, grant}: `reused` where it was spent before, which ends what came
-- of the authorization; `invalid_scope` where more is wanted than was allowed.
CREATE FUNCTION refresh_oauth_grant(
    presented bytea, client uuid, wanted text[], next_token bytea, at timestamptz, idle_until timestamptz
) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    token oauth_refresh_tokens;
    given oauth_grants;
BEGIN
    SELECT * INTO token FROM oauth_refresh_tokens WHERE hash = presented FOR UPDATE;
    SELECT * INTO given FROM oauth_grants WHERE id = token.grant_id AND client_id = client FOR UPDATE;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'refused');
    END IF;
    IF token.used_at IS NOT NULL THEN
        UPDATE oauth_grants SET revoked_at = coalesce(revoked_at, at) WHERE id = given.id;
        RETURN jsonb_build_object('outcome', 'reused', 'user_id', given.user_id, 'session_id', given.session_id);
    END IF;
    IF token.expires_at <= at OR NOT oauth_grant_is_live(given, at) THEN
        RETURN jsonb_build_object('outcome', 'refused');
    END IF;
    IF NOT wanted <@ given.scopes THEN
        RETURN jsonb_build_object('outcome', 'invalid_scope');
    END IF;
    UPDATE oauth_refresh_tokens SET used_at = at WHERE hash = presented;
    PERFORM issue_oauth_refresh_token(given, next_token, at, idle_until);
    RETURN jsonb_build_object('outcome', 'done', 'grant', oauth_grant_document(given));
END
$$;

-- Changes an application at the version that the caller read. NULL leaves a field as it is. Answers {outcome, client}.
CREATE FUNCTION update_oauth_client(
    target uuid, expected_version bigint, new_name text, redirects text[], after_logout text[], new_scopes text[],
    new_permissions text[], skips_consent boolean, is_disabled boolean, at timestamptz
) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    client oauth_clients;
BEGIN
    SELECT * INTO client FROM oauth_clients WHERE id = target FOR UPDATE;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'not_found');
    END IF;
    IF client.version <> expected_version THEN
        RETURN jsonb_build_object('outcome', 'precondition_failed');
    END IF;
    UPDATE oauth_clients SET
        name = coalesce(new_name, name),
        redirect_uris = coalesce(redirects, redirect_uris),
        post_logout_redirect_uris = coalesce(after_logout, post_logout_redirect_uris),
        scopes = coalesce(new_scopes, scopes),
        permissions = coalesce(new_permissions, permissions),
        skip_consent = coalesce(skips_consent, skip_consent),
        disabled = coalesce(is_disabled, disabled),
        version = version + 1,
        updated_at = at
    WHERE id = target RETURNING * INTO client;
    RETURN jsonb_build_object('outcome', 'done', 'client', oauth_client_document(client));
END
$$;

-- Adds a secret, the second at the most. Answers {outcome, secret}.
CREATE FUNCTION add_oauth_client_secret(client uuid, secret uuid, secret_hash bytea, at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
BEGIN
    -- Two at once: the second waits here, and then counts the first one's.
    PERFORM FROM oauth_clients WHERE id = client FOR UPDATE;
    IF (SELECT count(*) FROM oauth_client_secrets WHERE client_id = client) >= 2 THEN
        RETURN jsonb_build_object('outcome', 'too_many');
    END IF;
    INSERT INTO oauth_client_secrets (id, client_id, hash, created_at) VALUES (secret, client, secret_hash, at);
    RETURN jsonb_build_object('outcome', 'done', 'secret', jsonb_build_object('id', secret, 'created_at', at));
END
$$;

SELECT
    grant_to_component('matrice_login', 'SELECT', 'oauth_clients'),
    grant_to_component('matrice_login', 'SELECT', 'oauth_client_secrets'),
    grant_to_component('matrice_login', 'SELECT, INSERT, UPDATE, DELETE', 'oauth_consents'),
    grant_to_component('matrice_login', 'SELECT, INSERT, UPDATE', 'oauth_grants'),
    grant_to_component('matrice_login', 'SELECT, INSERT, UPDATE', 'oauth_refresh_tokens'),
    grant_to_component('matrice_users', 'SELECT (id, disabled, permissions)', 'oauth_clients'),
    grant_to_component('matrice_admin', 'SELECT, INSERT, UPDATE, DELETE', 'oauth_clients'),
    grant_to_component('matrice_admin', 'INSERT, DELETE, SELECT (id, client_id, created_at)', 'oauth_client_secrets');
