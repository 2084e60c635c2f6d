-- The security log, and API keys.

-- What happened to accounts, for administrators and owners to read.
CREATE TABLE security_events (
    -- UUIDv7: in the order of writing.
    id         uuid        PRIMARY KEY,
    at         timestamptz NOT NULL,
    kind       text        NOT NULL,
    outcome    text        NOT NULL CONSTRAINT security_events_outcome_known CHECK (outcome IN ('success', 'refused')),
    -- Whose account it is about. No foreign key: the log outlives the account.
    user_id    uuid,
    -- What was typed, where no account has the address.
    email      text,
    -- Who did it to the account, where it was another.
    actor_id   uuid,
    session_id uuid,
    api_key_id uuid,
    address    text        NOT NULL,
    user_agent text        NOT NULL,
    details    jsonb       NOT NULL
);
-- The list's filters, each in its order.
CREATE INDEX security_events_user ON security_events (user_id, id);
CREATE INDEX security_events_kind ON security_events (kind, id);
CREATE INDEX security_events_outcome ON security_events (outcome, id);

INSERT INTO role_permissions (role, permission) VALUES
    ('administrator', 'security:read'),
    ('auditor', 'security:read');

-- An account's events, the newest first: what its owner may see of a table that `login` can't read.
CREATE FUNCTION security_events_of(account uuid, before uuid, page_size bigint) RETURNS SETOF jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT to_jsonb(event) FROM security_events AS event
    WHERE user_id = account AND (before IS NULL OR id < before)
    ORDER BY id DESC LIMIT page_size;
END;
REVOKE EXECUTE ON FUNCTION security_events_of FROM PUBLIC;

-- Lets a role call a function where there is such a role.
CREATE FUNCTION let_component_call(component text, called regprocedure) RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = component) THEN
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', called, component);
    END IF;
END
$$;

-- What programs sign in with on their owners' behalf.
CREATE TABLE api_keys (
    id                uuid        PRIMARY KEY,
    user_id           uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    name              text        NOT NULL,
    -- SHA-256 of the key: what leaks from here signs nobody in.
    hash              bytea       NOT NULL CONSTRAINT api_keys_hash_key UNIQUE,
    -- Permissions; they count as long as the owner holds them.
    scopes            text[]      NOT NULL,
    created_at        timestamptz NOT NULL,
    expires_at        timestamptz NOT NULL,
    last_used_at      timestamptz,
    last_used_address text
);
CREATE INDEX api_keys_user ON api_keys (user_id, id);

-- The key with that hash, for components that can't read the hashes: {id, user_id, scopes, expires_at}. Notes its use,
-- once a minute. Where there is none, {retry_after}: wrong keys are counted by address, a hundred in a row, then one a
-- second.
CREATE FUNCTION use_api_key(presented bytea, address text, at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    found_key api_keys;
    refusal jsonb;
BEGIN
    SELECT * INTO found_key FROM api_keys WHERE hash = presented AND expires_at > at;
    IF NOT FOUND THEN
        refusal := take_tokens(jsonb_build_array(jsonb_build_array(jsonb_build_object(
            'key', 'api-key:address:' || address, 'capacity', 100, 'seconds_per_token', 1, 'cost', 1))), at);
        RETURN jsonb_build_object('retry_after', coalesce(refusal -> 'seconds', '0'));
    END IF;
    UPDATE api_keys SET last_used_at = at, last_used_address = address
    WHERE id = found_key.id AND (last_used_at IS NULL OR last_used_at <= at - interval '1 minute');
    RETURN jsonb_build_object('id', found_key.id, 'user_id', found_key.user_id, 'scopes', found_key.scopes,
        'expires_at', found_key.expires_at);
END
$$;
REVOKE EXECUTE ON FUNCTION use_api_key FROM PUBLIC;

-- The log is append-only: nobody who writes it can change it, and `admin` alone reads it.
SELECT
    grant_to_component('matrice_login', 'INSERT', 'security_events'),
    grant_to_component('matrice_users', 'INSERT', 'security_events'),
    grant_to_component('matrice_admin', 'SELECT, INSERT', 'security_events'),
    grant_to_component('matrice_login', 'SELECT, INSERT, DELETE', 'api_keys'),
    let_component_call('matrice_login', 'security_events_of(uuid, uuid, bigint)'),
    let_component_call('matrice_login', 'use_api_key(bytea, text, timestamptz)'),
    let_component_call('matrice_users', 'use_api_key(bytea, text, timestamptz)'),
    let_component_call('matrice_admin', 'use_api_key(bytea, text, timestamptz)');
