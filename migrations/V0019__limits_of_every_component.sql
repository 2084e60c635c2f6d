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
