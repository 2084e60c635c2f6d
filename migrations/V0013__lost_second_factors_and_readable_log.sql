-- An administrator's help for somebody who has lost their second factor, and a log that can be read for good.

-- An account as the API shows it.
CREATE OR REPLACE FUNCTION user_document(account users) RETURNS jsonb
    LANGUAGE sql STABLE
    RETURN jsonb_build_object(
        'id', account.id,
        'email', account.email,
        'display_name', account.display_name,
        'status', account.status,
        'roles', (SELECT coalesce(jsonb_agg(role ORDER BY role), '[]') FROM user_roles WHERE user_id = account.id),
        'second_factor', account.has_second_factor,
        'created_at', account.created_at,
        'updated_at', account.updated_at,
        'last_sign_in_at', account.last_sign_in_at,
        'version', account.version
    );

-- Takes away whatever an account proves itself with beside its password, ends its sessions and tells its owner, for
-- `users`, which may see none of it. A new kind of second factor adds its table here. Answers {outcome, ended_sessions}.
CREATE FUNCTION reset_second_factor(account uuid, mail jsonb, at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    -- Nothing is lost with one that is only being set up.
    IF NOT EXISTS (SELECT FROM users WHERE id = account AND has_second_factor) THEN
        RETURN jsonb_build_object('outcome', 'second_factor_off');
    END IF;
    -- In the order in which the owner's own changes lock them.
    DELETE FROM totp_enrolments WHERE user_id = account;
    DELETE FROM totp_factors WHERE user_id = account;
    DELETE FROM passkeys WHERE user_id = account;
    DELETE FROM recovery_codes WHERE user_id = account;
    DELETE FROM second_factor_challenges WHERE user_id = account;
    UPDATE users SET has_second_factor = false, version = version + 1, updated_at = at
    WHERE id = account AND has_second_factor;
    -- Two at once: the second has waited, and finds nothing left.
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'second_factor_off');
    END IF;
    PERFORM enqueue_mail(mail, at);
    RETURN jsonb_build_object(
        'outcome', 'done', 'ended_sessions', end_sessions(account, NULL, 'ended_by_administrator', at));
END
$$;
REVOKE EXECUTE ON FUNCTION reset_second_factor FROM PUBLIC;

-- What the log names outlives in it the account and the key that had the name.
ALTER TABLE security_events
    -- The address of who did it to the account, at the time.
    ADD COLUMN actor_email  text,
    -- What the key was called that it was done with.
    ADD COLUMN api_key_name text;

-- An account's events, the newest first: what its owner may see of a table that `login` can't read. Who else did
-- something to it, and with which key, is for those to know who may see accounts.
CREATE OR REPLACE FUNCTION security_events_of(account uuid, before uuid, page_size bigint) RETURNS SETOF jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT to_jsonb(event) - CASE WHEN actor_id IS NULL THEN '{}' ELSE '{actor_email,api_key_name}' END::text[]
    FROM security_events AS event
    WHERE user_id = account AND (before IS NULL OR id < before)
    ORDER BY id DESC LIMIT page_size;
END;

SELECT
    let_component_call('matrice_users', 'reset_second_factor(uuid, jsonb, timestamptz)'),
    grant_to_component('matrice_users', 'SELECT (id, name)', 'api_keys'),
    grant_to_component('matrice_admin', 'SELECT (id, name)', 'api_keys');
