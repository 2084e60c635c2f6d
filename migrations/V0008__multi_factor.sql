-- Second factors, roles that demand one, and when the owner of a session last proved who they are.

-- Holders without a second factor may do nothing but turn one on.
ALTER TABLE roles ADD COLUMN requires_second_factor boolean NOT NULL DEFAULT false;

-- For components that may not see the factors themselves; what turns them on and off keeps it true.
ALTER TABLE users ADD COLUMN has_second_factor boolean NOT NULL DEFAULT false;

-- NULL for sessions from before: their owners are asked.
ALTER TABLE sessions ADD COLUMN proven_at timestamptz;

-- Authenticator apps that are being set up. The one in use goes on until the new one is confirmed.
CREATE TABLE totp_enrolments (
    user_id       uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    -- XChaCha20-Poly1305: the key's id, a dot, and the base64url of nonce, ciphertext and tag.
    sealed_secret text NOT NULL
);

-- Authenticator apps in use.
CREATE TABLE totp_factors (
    user_id       uuid        PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    sealed_secret text        NOT NULL,
    confirmed_at  timestamptz NOT NULL,
    -- The time step of the last accepted code: neither it nor an earlier one is accepted again (RFC 6238 §5.2).
    last_step     bigint      NOT NULL
);

CREATE TABLE recovery_codes (
    user_id uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    -- SHA-256 of the code: what leaks from here lets nobody in.
    hash    bytea       NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (user_id, hash)
);

-- Sign-ins whose password was right and that wait for a second factor. A solved one is deleted.
CREATE TABLE second_factor_challenges (
    -- SHA-256 of the token.
    hash          bytea       PRIMARY KEY,
    user_id       uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    expires_at    timestamptz NOT NULL,
    attempts_left integer     NOT NULL
);
CREATE INDEX second_factor_challenges_user ON second_factor_challenges (user_id, expires_at);

INSERT INTO role_permissions (role, permission) VALUES ('administrator', 'roles:write');

-- A role as the API shows it.
CREATE FUNCTION role_document(definition roles) RETURNS jsonb
    LANGUAGE sql STABLE
    RETURN jsonb_build_object(
        'name', definition.name,
        'description', definition.description,
        'permissions', (SELECT coalesce(jsonb_agg(permission ORDER BY permission), '[]')
                        FROM role_permissions WHERE role = definition.name),
        'requires_second_factor', definition.requires_second_factor
    );

-- Whether a role of the account demands a second factor.
CREATE FUNCTION needs_second_factor(account uuid) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN EXISTS (
        SELECT FROM user_roles JOIN roles ON roles.name = user_roles.role
        WHERE user_roles.user_id = account AND roles.requires_second_factor
    );

-- The roles that a token may speak of: none while a demanded second factor is missing.
CREATE FUNCTION token_roles(account uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    RETURN (
        SELECT coalesce(jsonb_agg(role ORDER BY role), '[]') FROM user_roles JOIN users ON users.id = user_id
        WHERE user_id = account AND (users.has_second_factor OR NOT needs_second_factor(account))
    );

-- What an account can prove itself with beside its password: {totp: {sealed_secret, confirmed_at}, recovery_codes_left}.
CREATE FUNCTION second_factors(account uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    RETURN jsonb_build_object(
        'totp', (SELECT jsonb_build_object('sealed_secret', sealed_secret, 'confirmed_at', confirmed_at)
                 FROM totp_factors WHERE user_id = account),
        'recovery_codes_left', (SELECT count(*) FROM recovery_codes WHERE user_id = account AND used_at IS NULL)
    );

-- Spends a code that matches: {step, sealed_secret, resealed_secret} of the app, or {hash, mail} of a recovery code,
-- which its owner is told of. Of two at once, one finds it unspent.
CREATE FUNCTION spend_code(account uuid, code jsonb, at timestamptz) RETURNS boolean
    LANGUAGE plpgsql
AS $$
BEGIN
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

-- Answers a challenge with a code, once. Answers whether the code was good.
CREATE FUNCTION solve_challenge(challenge bytea, code jsonb, at timestamptz) RETURNS boolean
    LANGUAGE plpgsql
AS $$
DECLARE
    account uuid;
BEGIN
    SELECT user_id INTO account FROM second_factor_challenges WHERE hash = challenge AND expires_at > at FOR UPDATE;
    IF NOT FOUND OR NOT spend_code(account, code, at) THEN
        RETURN false;
    END IF;
    DELETE FROM second_factor_challenges WHERE hash = challenge;
    RETURN true;
END
$$;

-- Gives an account these recovery codes and no others.
CREATE FUNCTION set_recovery_codes(account uuid, hashes text[]) RETURNS void
    LANGUAGE sql
BEGIN ATOMIC
    DELETE FROM recovery_codes WHERE user_id = account;
    INSERT INTO recovery_codes (user_id, hash) SELECT account, decode(hash, 'hex') FROM unnest(hashes) AS hash;
END;

-- Turns on the app that is being set up, if it is still the one that the code of `step` was compared with.
CREATE FUNCTION confirm_totp(
    account uuid, secret text, step bigint, recovery_hashes text[], mail jsonb, at timestamptz
) RETURNS boolean
    LANGUAGE plpgsql
AS $$
BEGIN
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
CREATE FUNCTION remove_totp(account uuid, mail jsonb, at timestamptz) RETURNS text
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM FROM totp_factors WHERE user_id = account FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'off';
    END IF;
    IF needs_second_factor(account) THEN
        RETURN 'last_second_factor';
    END IF;
    DELETE FROM totp_enrolments WHERE user_id = account;
    DELETE FROM totp_factors WHERE user_id = account;
    DELETE FROM recovery_codes WHERE user_id = account;
    UPDATE users SET has_second_factor = false WHERE id = account;
    PERFORM enqueue_mail(mail, at);
    RETURN 'done';
END
$$;

-- New recovery codes for an account with a second factor. Answers whether there is one.
CREATE FUNCTION replace_recovery_codes(account uuid, hashes text[], mail jsonb, at timestamptz) RETURNS boolean
    LANGUAGE plpgsql
AS $$
BEGIN
    -- Two at once: the second waits here, and its codes are the ones that stay.
    PERFORM FROM totp_factors WHERE user_id = account FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM set_recovery_codes(account, hashes);
    PERFORM enqueue_mail(mail, at);
    RETURN true;
END
$$;

SELECT
    grant_to_component('matrice_login', 'SELECT', 'roles'),
    grant_to_component('matrice_login', 'UPDATE (has_second_factor)', 'users'),
    grant_to_component('matrice_login', 'SELECT, INSERT, UPDATE, DELETE', 'totp_enrolments'),
    grant_to_component('matrice_login', 'SELECT, INSERT, UPDATE, DELETE', 'totp_factors'),
    grant_to_component('matrice_login', 'SELECT, INSERT, UPDATE, DELETE', 'recovery_codes'),
    grant_to_component('matrice_login', 'SELECT, INSERT, UPDATE, DELETE', 'second_factor_challenges'),
    grant_to_component('matrice_admin', 'UPDATE (requires_second_factor)', 'roles');
