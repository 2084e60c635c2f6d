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
