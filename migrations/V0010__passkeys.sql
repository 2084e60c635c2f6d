-- Passkeys (WebAuthn): what signs in by itself, or as a second factor.

-- What authenticators know the account by: 64 random bytes in base64url, which tell nothing of it. NULL until the first
-- passkey is begun.
ALTER TABLE users ADD COLUMN passkey_handle text CONSTRAINT users_passkey_handle_key UNIQUE;

CREATE TABLE passkeys (
    id            uuid        PRIMARY KEY,
    user_id       uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    name          text        NOT NULL,
    -- The authenticator's own id of it, in base64url.
    credential_id text        NOT NULL CONSTRAINT passkeys_credential_id_key UNIQUE,
    -- An array of names, as the browser told.
    transports    jsonb       NOT NULL,
    -- The public key, and what changes with each use (the signature counter among it): base64url of what the library
    -- makes of them.
    static_state  text        NOT NULL,
    dynamic_state text        NOT NULL,
    backed_up     boolean     NOT NULL,
    created_at    timestamptz NOT NULL,
    last_used_at  timestamptz
);
CREATE INDEX passkeys_user ON passkeys (user_id, id);

-- What browsers were asked, until they answer; an answered one is deleted.
CREATE TABLE passkey_ceremonies (
    -- SHA-256 of the token.
    hash       bytea       PRIMARY KEY,
    -- What was asked for, and in which session or of which challenge: it is good for nothing else.
    occasion   text        NOT NULL,
    -- Base64url of what the library needs to know again.
    state      text        NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX passkey_ceremonies_expires_at ON passkey_ceremonies (expires_at);

-- A passkey as its owner sees it.
CREATE FUNCTION passkey_document(passkey passkeys) RETURNS jsonb
    LANGUAGE sql STABLE
    RETURN jsonb_build_object('id', passkey.id, 'name', passkey.name, 'created_at', passkey.created_at,
        'last_used_at', passkey.last_used_at, 'backed_up', passkey.backed_up, 'transports', passkey.transports);

-- What an account can prove itself with beside its password: {totp: {sealed_secret, confirmed_at}, passkeys:
-- [{credential_id, transports}], recovery_codes_left}.
CREATE OR REPLACE FUNCTION second_factors(account uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    RETURN jsonb_build_object(
        'totp', (SELECT jsonb_build_object('sealed_secret', sealed_secret, 'confirmed_at', confirmed_at)
                 FROM totp_factors WHERE user_id = account),
        'passkeys', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                            'credential_id', credential_id, 'transports', transports) ORDER BY id), '[]')
                     FROM passkeys WHERE user_id = account),
        'recovery_codes_left', (SELECT count(*) FROM recovery_codes WHERE user_id = account AND used_at IS NULL)
    );

-- Spends a code that matches: {step, sealed_secret, resealed_secret} of the app, {hash, mail} of a recovery code, which
-- its owner is told of, or {passkey, seen_state, dynamic_state, backed_up} of a passkey whose signature holds. Of two at
-- once, one finds it unspent.
CREATE OR REPLACE FUNCTION spend_code(account uuid, code jsonb, at timestamptz) RETURNS boolean
    LANGUAGE plpgsql
AS $$
BEGIN
    IF code ? 'passkey' THEN
        -- The signature counter is the one that was looked at.
        UPDATE passkeys SET
            dynamic_state = code ->> 'dynamic_state',
            backed_up = (code ->> 'backed_up')::boolean,
            last_used_at = at
        WHERE id = (code ->> 'passkey')::uuid AND user_id = account AND dynamic_state = code ->> 'seen_state';
        RETURN FOUND;
    END IF;
    IF code ? 'step' THEN
        -- The secret is the one that the code was compared with: the app may be another since.
        UPDATE totp_factors SET
            last_step = (code ->> 'step')::bigint,
            sealed_secret = coalesce(code ->> 'resealed_secret', sealed_secret)
        WHERE user_id = account AND sealed_secret = code ->> 'sealed_secret'
            AND last_step < (code ->> 'step')::bigint;
        RETURN FOUND;
    END IF;
    UPDATE recovery_codes SET used_at = at
    WHERE user_id = account AND hash = decode(code ->> 'hash', 'hex') AND used_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM enqueue_mail(code -> 'mail', at);
    RETURN true;
END
$$;

-- Makes whoever changes an account's second factors wait for whoever does so already. Answers whether there is one.
CREATE FUNCTION lock_second_factors(account uuid) RETURNS boolean
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM FROM users WHERE id = account FOR NO KEY UPDATE;
    RETURN EXISTS (SELECT FROM totp_factors WHERE user_id = account)
        OR EXISTS (SELECT FROM passkeys WHERE user_id = account);
END
$$;

-- Adds a passkey, {id, name, credential_id, transports, static_state, dynamic_state, backed_up}, and the recovery codes
-- where it is the first second factor. Answers {outcome, passkey, first}.
CREATE FUNCTION add_passkey(
    account uuid, added jsonb, most bigint, recovery_hashes text[], mail jsonb, at timestamptz
) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    first boolean := NOT lock_second_factors(account);
    passkey passkeys;
BEGIN
    IF (SELECT count(*) FROM passkeys WHERE user_id = account) >= most THEN
        RETURN jsonb_build_object('outcome', 'too_many_passkeys');
    END IF;
    INSERT INTO passkeys (id, user_id, name, credential_id, transports, static_state, dynamic_state, backed_up, created_at)
    VALUES ((added ->> 'id')::uuid, account, added ->> 'name', added ->> 'credential_id', added -> 'transports',
        added ->> 'static_state', added ->> 'dynamic_state', (added ->> 'backed_up')::boolean, at)
    ON CONFLICT (credential_id) DO NOTHING
    RETURNING * INTO passkey;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'passkey_taken');
    END IF;
    IF first THEN
        PERFORM set_recovery_codes(account, recovery_hashes);
        UPDATE users SET has_second_factor = true WHERE id = account;
    END IF;
    PERFORM enqueue_mail(mail, at);
    RETURN jsonb_build_object('outcome', 'done', 'passkey', passkey_document(passkey), 'first', first);
END
$$;

-- After a second factor was taken away: with the last one go the recovery codes.
CREATE FUNCTION forget_second_factors(account uuid) RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    IF NOT lock_second_factors(account) THEN
        DELETE FROM recovery_codes WHERE user_id = account;
        UPDATE users SET has_second_factor = false WHERE id = account;
    END IF;
END
$$;

-- Removes a passkey, and with the last second factor the recovery codes. Answers 'done', 'not_found' or
-- 'last_second_factor'.
CREATE FUNCTION remove_passkey(account uuid, removed uuid, mail jsonb, at timestamptz) RETURNS text
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM lock_second_factors(account);
    IF NOT EXISTS (SELECT FROM passkeys WHERE id = removed AND user_id = account) THEN
        RETURN 'not_found';
    END IF;
    IF needs_second_factor(account)
        AND NOT EXISTS (SELECT FROM totp_factors WHERE user_id = account)
        AND NOT EXISTS (SELECT FROM passkeys WHERE user_id = account AND id <> removed) THEN
        RETURN 'last_second_factor';
    END IF;
    DELETE FROM passkeys WHERE id = removed;
    PERFORM forget_second_factors(account);
    PERFORM enqueue_mail(mail, at);
    RETURN 'done';
END
$$;

-- Turns on the app that is being set up, if it is still the one that the code of `step` was compared with.
CREATE OR REPLACE FUNCTION confirm_totp(
    account uuid, secret text, step bigint, recovery_hashes text[], mail jsonb, at timestamptz
) RETURNS boolean
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM lock_second_factors(account);
    DELETE FROM totp_enrolments WHERE user_id = account AND sealed_secret = secret;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO totp_factors (user_id, sealed_secret, confirmed_at, last_step) VALUES (account, secret, at, step)
    ON CONFLICT (user_id) DO UPDATE SET
        sealed_secret = excluded.sealed_secret, confirmed_at = excluded.confirmed_at, last_step = excluded.last_step;
    UPDATE users SET has_second_factor = true WHERE id = account;
    PERFORM set_recovery_codes(account, recovery_hashes);
    PERFORM enqueue_mail(mail, at);
    RETURN true;
END
$$;

-- Turns the app off, and with the last second factor the recovery codes. Answers 'done', 'off' or 'last_second_factor'.
CREATE OR REPLACE FUNCTION remove_totp(account uuid, mail jsonb, at timestamptz) RETURNS text
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM lock_second_factors(account);
    IF NOT EXISTS (SELECT FROM totp_factors WHERE user_id = account) THEN
        RETURN 'off';
    END IF;
    IF needs_second_factor(account) AND NOT EXISTS (SELECT FROM passkeys WHERE user_id = account) THEN
        RETURN 'last_second_factor';
    END IF;
    DELETE FROM totp_enrolments WHERE user_id = account;
    DELETE FROM totp_factors WHERE user_id = account;
    PERFORM forget_second_factors(account);
    PERFORM enqueue_mail(mail, at);
    RETURN 'done';
END
$$;

-- New recovery codes for an account with a second factor. Answers whether there is one.
CREATE OR REPLACE FUNCTION replace_recovery_codes(account uuid, hashes text[], mail jsonb, at timestamptz) RETURNS boolean
    LANGUAGE plpgsql
AS $$
BEGIN
    -- Two at once: the second waits here, and its codes are the ones that stay.
    IF NOT lock_second_factors(account) THEN
        RETURN false;
    END IF;
    PERFORM set_recovery_codes(account, hashes);
    PERFORM enqueue_mail(mail, at);
    RETURN true;
END
$$;

SELECT
    grant_to_component('matrice_login', 'UPDATE (passkey_handle)', 'users'),
    grant_to_component('matrice_login', 'SELECT, INSERT, UPDATE, DELETE', 'passkeys'),
    grant_to_component('matrice_login', 'SELECT, INSERT, UPDATE, DELETE', 'passkey_ceremonies');
