-- Sessions, their refresh tokens, rate limits and the set-up link.

CREATE TABLE sessions (
    id           uuid        PRIMARY KEY,
    user_id      uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    -- Whatever is refreshed, the session ends then.
    expires_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    end_reason   text        CONSTRAINT sessions_end_reason_known
                             CHECK (end_reason IN ('signed_out', 'account_locked', 'refresh_token_reused')),
    address      text        NOT NULL,
    user_agent   text        NOT NULL,
    CONSTRAINT sessions_end_has_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
CREATE INDEX sessions_user ON sessions (user_id, ended_at);

CREATE TABLE refresh_tokens (
    -- SHA-256 of the token: what leaks from here signs nobody in.
    hash       bytea       PRIMARY KEY,
    session_id uuid        NOT NULL REFERENCES sessions ON DELETE CASCADE,
    issued_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

-- Token buckets. Unlogged: a crash forgives, and nothing else reads them.
CREATE UNLOGGED TABLE rate_limits (
    key               text             PRIMARY KEY,
    tokens            double precision NOT NULL,
    seconds_per_token integer          NOT NULL,
    -- Whether the last take found a token.
    allowed           boolean          NOT NULL,
    updated_at        timestamptz      NOT NULL
);

CREATE TABLE setup_tokens (
    hash       bytea       PRIMARY KEY,
    issued_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);

-- Called by the operator's tools. A new link ends the older ones; none is made once there are accounts.
CREATE FUNCTION issue_setup_token(token_hash bytea, issued_at timestamptz) RETURNS boolean
    LANGUAGE sql
BEGIN ATOMIC
    DELETE FROM setup_tokens;
    INSERT INTO setup_tokens (hash, issued_at, expires_at)
    SELECT token_hash, issue_setup_token.issued_at, issue_setup_token.issued_at + interval '30 minutes'
    WHERE NOT EXISTS (SELECT FROM users)
    RETURNING true;
END;

-- The first administrator: the token is spent and the account made together, or neither.
CREATE FUNCTION complete_setup(
    token_hash bytea, user_id uuid, email text, display_name text, password_hash text, at timestamptz
) RETURNS text
    LANGUAGE plpgsql
AS $$
BEGIN
    -- Two set-ups at once: the second waits here, and then sees the first one's account.
    PERFORM pg_advisory_xact_lock(hashtext('administrators'));
    IF EXISTS (SELECT FROM users) THEN
        RETURN 'setup_done';
    END IF;
    UPDATE setup_tokens SET used_at = at WHERE hash = token_hash AND used_at IS NULL AND expires_at > at;
    IF NOT FOUND THEN
        RETURN 'setup_token_invalid';
    END IF;
    INSERT INTO users (id, email, display_name, status, version, created_at, updated_at)
    VALUES (user_id, complete_setup.email, complete_setup.display_name, 'active', 1, at, at);
    INSERT INTO password_credentials (user_id, hash, updated_at) VALUES (complete_setup.user_id, password_hash, at);
    INSERT INTO user_roles (user_id, role, granted_at) VALUES (complete_setup.user_id, 'administrator', at);
    RETURN 'done';
END
$$;
