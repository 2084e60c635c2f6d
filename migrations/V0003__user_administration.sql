-- What an administrator does to an account, each as one atomic statement.

-- An account as the API shows it.
CREATE FUNCTION user_document(account users) RETURNS jsonb
    LANGUAGE sql STABLE
    RETURN jsonb_build_object(
        'id', account.id,
        'email', account.email,
        'display_name', account.display_name,
        'status', account.status,
        'roles', (SELECT coalesce(jsonb_agg(role ORDER BY role), '[]') FROM user_roles WHERE user_id = account.id),
        'created_at', account.created_at,
        'updated_at', account.updated_at,
        'last_sign_in_at', account.last_sign_in_at,
        'version', account.version
    );

-- Whether somebody else could still administer if `departing` could not.
CREATE FUNCTION another_administrator_exists(departing uuid) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN EXISTS (
        SELECT FROM user_roles JOIN users ON users.id = user_roles.user_id
        WHERE user_roles.role = 'administrator' AND users.status = 'active' AND users.id <> departing
    );

-- Locks or unlocks. Answers {outcome, user, ended_sessions}; locking ends every open session.
CREATE FUNCTION set_user_status(target uuid, new_status text, at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    account users;
    ended jsonb;
BEGIN
    -- Two administrators locking each other: the second waits here, and then sees what the first did.
    PERFORM pg_advisory_xact_lock(hashtext('administrators'));
    SELECT * INTO account FROM users WHERE id = target FOR UPDATE;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'not_found');
    END IF;
    IF new_status = 'locked' AND EXISTS (SELECT FROM user_roles WHERE user_id = target AND role = 'administrator')
        AND NOT another_administrator_exists(target) THEN
        RETURN jsonb_build_object('outcome', 'last_administrator');
    END IF;
    IF account.status <> new_status THEN
        UPDATE users SET status = new_status, version = version + 1, updated_at = at
        WHERE id = target RETURNING * INTO account;
    END IF;
    IF new_status = 'locked' THEN
        UPDATE sessions SET ended_at = at, end_reason = 'account_locked' WHERE user_id = target AND ended_at IS NULL;
        -- All that an access token may still be out for, so that locking again repeats a revocation that failed.
        SELECT jsonb_agg(id) INTO ended FROM sessions
        WHERE user_id = target AND ended_at > at - interval '10 minutes';
    END IF;
    RETURN jsonb_build_object(
        'outcome', 'done', 'user', user_document(account), 'ended_sessions', coalesce(ended, '[]'));
END
$$;

-- Changes an account at the version that the caller read. NULL leaves a field as it is.
CREATE FUNCTION update_user(
    target uuid, expected_version bigint, new_email text, new_display_name text, new_roles text[], at timestamptz
) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    account users;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('administrators'));
    SELECT * INTO account FROM users WHERE id = target FOR UPDATE;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'not_found');
    END IF;
    IF account.version <> expected_version THEN
        RETURN jsonb_build_object('outcome', 'precondition_failed');
    END IF;
    IF new_roles IS NOT NULL AND NOT 'administrator' = ANY (new_roles) AND account.status = 'active'
        AND EXISTS (SELECT FROM user_roles WHERE user_id = target AND role = 'administrator')
        AND NOT another_administrator_exists(target) THEN
        RETURN jsonb_build_object('outcome', 'last_administrator');
    END IF;
    UPDATE users SET
        email = coalesce(new_email, email),
        display_name = coalesce(new_display_name, display_name),
        version = version + 1,
        updated_at = at
    WHERE id = target RETURNING * INTO account;
    IF new_roles IS NOT NULL THEN
        DELETE FROM user_roles WHERE user_id = target AND NOT role = ANY (new_roles);
        INSERT INTO user_roles (user_id, role, granted_at)
        SELECT target, role, at FROM unnest(new_roles) AS role
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN jsonb_build_object('outcome', 'done', 'user', user_document(account));
END
$$;
