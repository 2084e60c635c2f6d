-- Least privilege down to the table: each component connects as a role of its own.
-- Where roles can't be made (some managed databases), components share the owner's and this grants nothing.

DO $$
DECLARE
    component text;
    granted record;
BEGIN
    FOREACH component IN ARRAY ARRAY['matrice_login', 'matrice_users', 'matrice_admin'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = component) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', component);
            EXCEPTION
                WHEN insufficient_privilege THEN
                    RAISE NOTICE 'role % can''t be created here: its component uses database_url', component;
                    CONTINUE;
                -- Roles belong to the cluster: another database's migration made it a moment ago.
                WHEN duplicate_object OR unique_violation THEN NULL;
            END;
        END IF;
    END LOOP;

    FOR granted IN
        SELECT * FROM (VALUES
            -- login: the only one that reads what proves an account.
            ('matrice_login', 'SELECT, INSERT', 'users'),
            ('matrice_login', 'UPDATE (last_sign_in_at)', 'users'),
            ('matrice_login', 'SELECT, INSERT', 'user_roles'),
            ('matrice_login', 'SELECT, INSERT, UPDATE', 'password_credentials'),
            ('matrice_login', 'SELECT, INSERT, UPDATE', 'sessions'),
            ('matrice_login', 'SELECT, INSERT, UPDATE', 'refresh_tokens'),
            ('matrice_login', 'SELECT, INSERT, UPDATE, DELETE', 'rate_limits'),
            ('matrice_login', 'SELECT, UPDATE', 'setup_tokens'),
            -- users: sets a first password, and can't read any.
            ('matrice_users', 'SELECT, INSERT, UPDATE', 'users'),
            ('matrice_users', 'SELECT', 'roles'),
            ('matrice_users', 'SELECT', 'role_permissions'),
            ('matrice_users', 'SELECT, INSERT, DELETE', 'user_roles'),
            ('matrice_users', 'INSERT', 'password_credentials'),
            ('matrice_users', 'SELECT, UPDATE', 'sessions'),
            -- admin: reads.
            ('matrice_admin', 'SELECT', 'users'),
            ('matrice_admin', 'SELECT', 'roles'),
            ('matrice_admin', 'SELECT', 'role_permissions'),
            ('matrice_admin', 'SELECT', 'user_roles'),
            ('matrice_admin', 'SELECT', 'sessions')
        ) AS grants (role, privileges, object)
    LOOP
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = granted.role) THEN
            EXECUTE format('GRANT %s ON %I TO %I', granted.privileges, granted.object, granted.role);
        END IF;
    END LOOP;
END
$$;
