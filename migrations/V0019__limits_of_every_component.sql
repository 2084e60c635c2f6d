-- Limits that more than `login` keeps, and changes that must see what another makes at the same moment.

-- A bucket to take one token from, as `take_tokens` reads it.
CREATE FUNCTION bucket(key text, capacity double precision, seconds_per_token double precision) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    RETURN jsonb_build_object('key', key, 'capacity', capacity, 'seconds_per_token', seconds_per_token, 'cost', 1);

-- Whether one more `rate_limited` is written into the security log: one a minute from a network, and one a minute about
-- an account, or a flood of refusals would fill the disk.
CREATE FUNCTION may_log_refusal(network text, about text, at timestamptz) RETURNS jsonb
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
    RETURN to_jsonb(take_tokens(jsonb_build_array(
        jsonb_build_array(bucket('log:network:' || network, 1, 60)),
        jsonb_build_array(bucket('log:about:' || coalesce(about, network), 1, 60))), at) = 'null'::jsonb);
REVOKE EXECUTE ON FUNCTION may_log_refusal FROM PUBLIC;

SELECT
    let_component_call('matrice_login', 'may_log_refusal(text, text, timestamptz)'),
    let_component_call('matrice_users', 'may_log_refusal(text, text, timestamptz)'),
    let_component_call('matrice_admin', 'may_log_refusal(text, text, timestamptz)');

-- Takes from what the whole installation may hash, for `users`: null, or {stage, seconds} of the refusal. As `login` takes
-- from it (`store::rate_limit::password_work`).
CREATE FUNCTION take_password_work(per_second double precision, at timestamptz) RETURNS jsonb
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
    RETURN take_tokens(jsonb_build_array(jsonb_build_array(
        bucket('password:work', greatest(2 * per_second, 2), 1 / per_second))), at);

-- Counts a change to others' accounts, or to what holds for all, by who makes it: null, or {stage, seconds} of the
-- refusal. A hundred and twenty in a row, then one a second.
CREATE FUNCTION take_change(actor uuid, at timestamptz) RETURNS jsonb
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
    RETURN take_tokens(jsonb_build_array(jsonb_build_array(bucket('change:actor:' || actor, 120, 1))), at);
REVOKE EXECUTE ON FUNCTION take_password_work, take_change FROM PUBLIC;

SELECT
    let_component_call('matrice_users', 'take_password_work(double precision, timestamptz)'),
    let_component_call('matrice_login', 'take_change(uuid, timestamptz)'),
    let_component_call('matrice_users', 'take_change(uuid, timestamptz)'),
    let_component_call('matrice_admin', 'take_change(uuid, timestamptz)');

-- `address` is from now on where a session was last used, not where it began.
ALTER TABLE sessions
    -- The network that it was last refreshed from; `network` is where it began, and both are known to the account.
    ADD COLUMN last_network text;

-- The key with that hash, for components that can't read the hashes: {id, user_id, scopes, expires_at}. Notes its use,
-- once a minute. Where there is none, {retry_after}: wrong keys are counted by address, or of IPv6 by its network, a
-- hundred in a row, then one a second.
CREATE OR REPLACE FUNCTION use_api_key(presented bytea, address text, at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    found_key api_keys;
    counted text;
    refusal jsonb;
BEGIN
    SELECT * INTO found_key FROM api_keys WHERE hash = presented AND expires_at > at;
    IF NOT FOUND THEN
        counted := CASE WHEN address LIKE '%:%' THEN network(set_masklen(address::inet, 64))::text ELSE address END;
        refusal := take_tokens(jsonb_build_array(jsonb_build_array(bucket('api-key:address:' || counted, 100, 1))), at);
        RETURN jsonb_build_object('retry_after', coalesce(refusal -> 'seconds', '0'));
    END IF;
    UPDATE api_keys SET last_used_at = at, last_used_address = address
    WHERE id = found_key.id AND (last_used_at IS NULL OR last_used_at <= at - interval '1 minute');
    RETURN jsonb_build_object('id', found_key.id, 'user_id', found_key.user_id, 'scopes', found_key.scopes,
        'expires_at', found_key.expires_at);
END
$$;

-- Makes an API key and tells its owner, where the account has fewer than `most`. Answers the key without its hash, or no
-- row.
CREATE FUNCTION create_api_key(
    new_id uuid, owner uuid, called text, key_hash bytea, key_scopes text[], at timestamptz, until timestamptz, mail jsonb,
    most bigint
) RETURNS SETOF jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    made api_keys;
BEGIN
    -- Two at once: the second waits here, and then counts the first one's.
    PERFORM FROM users WHERE id = owner FOR NO KEY UPDATE;
    IF (SELECT count(*) FROM api_keys WHERE user_id = owner) >= most THEN
        RETURN;
    END IF;
    INSERT INTO api_keys (id, user_id, name, hash, scopes, created_at, expires_at)
    VALUES (new_id, owner, called, key_hash, key_scopes, at, until)
    RETURNING * INTO made;
    PERFORM enqueue_mail(mail, at);
    RETURN NEXT to_jsonb(made) - 'hash';
END
$$;

-- Changes an account as the function of the same name does, and puts the mails that tell of it into the outbox, which
-- `users` can't write to. Answers {outcome, user}.
CREATE FUNCTION update_user(
    target uuid, expected_version bigint, new_email text, new_display_name text, new_roles text[], mails jsonb,
    at timestamptz
) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    answer jsonb := update_user(target, expected_version, new_email, new_display_name, new_roles, at);
BEGIN
    IF answer ->> 'outcome' = 'done' THEN
        PERFORM enqueue_mails(mails, at);
    END IF;
    RETURN answer;
END
$$;
REVOKE EXECUTE ON FUNCTION update_user(uuid, bigint, text, text, text[], jsonb, timestamptz) FROM PUBLIC;

SELECT let_component_call('matrice_users', 'update_user(uuid, bigint, text, text, text[], jsonb, timestamptz)');
