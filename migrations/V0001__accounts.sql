-- Accounts, what proves them, and what they may do.
-- Times are `timestamptz`; the database never reads a clock of its own: every time is a parameter.

-- Spin hands components `timestamp` only: these two are the border. Both are inlined by the planner.
CREATE FUNCTION instant(utc timestamp) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN utc AT TIME ZONE 'UTC';

CREATE TABLE users (
    id              uuid        PRIMARY KEY,
    email           text        NOT NULL CONSTRAINT users_email_key UNIQUE
                                CONSTRAINT users_email_lower CHECK (email = lower(email)),
    display_name    text        NOT NULL,
    locale          text,
    status          text        NOT NULL CONSTRAINT users_status_known CHECK (status IN ('active', 'locked')),
    version         bigint      NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    last_sign_in_at timestamptz
);
-- The lists' orders; e-mail has its own by being unique. Ties are broken by id.
CREATE INDEX users_created_at ON users (created_at, id);
CREATE INDEX users_display_name ON users (lower(display_name), id);

CREATE TABLE roles (
    name        text    PRIMARY KEY,
    description text    NOT NULL,
    -- Comes with the product: can be neither changed nor deleted.
    built_in    boolean NOT NULL
);

CREATE TABLE role_permissions (
    role       text NOT NULL REFERENCES roles ON UPDATE CASCADE ON DELETE CASCADE,
    permission text NOT NULL,
    PRIMARY KEY (role, permission)
);

CREATE TABLE user_roles (
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    -- A role in use can't be deleted: its holders would lose rights without anyone deciding so.
    role       text        NOT NULL CONSTRAINT user_roles_role_fkey REFERENCES roles ON UPDATE CASCADE ON DELETE RESTRICT,
    granted_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, role)
);
CREATE INDEX user_roles_role ON user_roles (role, user_id);

CREATE TABLE password_credentials (
    user_id    uuid        PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    -- A PHC string: algorithm, parameters, salt and hash.
    hash       text        NOT NULL,
    updated_at timestamptz NOT NULL
);

INSERT INTO roles (name, description, built_in) VALUES
    ('administrator', 'May do everything; never left without a holder', true),
    ('auditor', 'Sees accounts and roles, changes nothing', true);

INSERT INTO role_permissions (role, permission) VALUES
    ('administrator', 'users:read'),
    ('administrator', 'users:write'),
    ('administrator', 'roles:read'),
    ('administrator', 'roles:grant'),
    ('auditor', 'users:read'),
    ('auditor', 'roles:read');
