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

-- Append-only: whoever writes it can neither read nor change it.
SELECT
    grant_to_component('matrice_login', 'INSERT', 'security_events'),
    grant_to_component('matrice_users', 'INSERT', 'security_events'),
    grant_to_component('matrice_admin', 'SELECT', 'security_events'),
    let_component_call('matrice_login', 'security_events_of(uuid, uuid, bigint)');
