-- An administrator's help for somebody who has lost their second factor.

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

SELECT let_component_call('matrice_users', 'reset_second_factor(uuid, jsonb, timestamptz)');
