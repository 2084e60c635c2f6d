-- What an application may ask for bounds what it got, whenever it got it; and what people were asked is told from what
-- they were not.

-- Of what is allowed, what the person has said yes to: they are asked for the rest once nobody answers for them.
ALTER TABLE oauth_consents ADD COLUMN asked text[] NOT NULL DEFAULT '{}';
UPDATE oauth_consents SET asked = scopes;

-- What an authorization allows: as much of it as the application may still ask for.
CREATE FUNCTION oauth_grant_scopes(given oauth_grants) RETURNS text[]
    LANGUAGE sql STABLE
    RETURN ARRAY(
        SELECT unnest(given.scopes)
        INTERSECT SELECT unnest(oauth_clients.scopes) FROM oauth_clients WHERE oauth_clients.id = given.client_id
        ORDER BY 1
    );

CREATE OR REPLACE FUNCTION oauth_grant_document(given oauth_grants) RETURNS jsonb
    LANGUAGE sql STABLE
    RETURN (
        SELECT jsonb_build_object(
            'id', given.id,
            'client_id', given.client_id,
            'user_id', given.user_id,
            'session_id', given.session_id,
            'scopes', oauth_grant_scopes(given),
            'nonce', given.nonce,
            'authenticated_at', given.authenticated_at,
            'display_name', display_name,
            'locale', locale,
            'email', email,
            'email_verified', verified_email IS NOT DISTINCT FROM email,
            -- For the version before this one.
            'has_second_factor', has_second_factor,
            'updated_at', updated_at)
        FROM users WHERE id = given.user_id
    );

-- As before; the refresh token is for what the application may still ask for.
CREATE OR REPLACE FUNCTION exchange_oauth_code(
    presented bytea, client uuid, uri text, challenge text, next_token bytea, at timestamptz, idle_until timestamptz
) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    given oauth_grants;
BEGIN
    -- Two at once: the second waits here, and then finds it spent.
    SELECT * INTO given FROM oauth_grants WHERE code_hash = presented AND client_id = client FOR UPDATE;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'refused');
    END IF;
    IF given.code_used_at IS NOT NULL THEN
        UPDATE oauth_grants SET revoked_at = coalesce(revoked_at, at) WHERE id = given.id;
        RETURN jsonb_build_object('outcome', 'reused', 'user_id', given.user_id, 'session_id', given.session_id);
    END IF;
    IF given.code_expires_at <= at OR given.redirect_uri <> uri OR given.code_challenge <> challenge
        OR NOT oauth_grant_is_live(given, at) THEN
        RETURN jsonb_build_object('outcome', 'refused');
    END IF;
    UPDATE oauth_grants SET code_used_at = at WHERE id = given.id;
    IF 'offline_access' = ANY (oauth_grant_scopes(given)) THEN
        PERFORM issue_oauth_refresh_token(given, next_token, at, idle_until);
    END IF;
    RETURN jsonb_build_object('outcome', 'done', 'grant', oauth_grant_document(given));
END
$$;

-- As before; for what the application may still ask for, and it is the authorization that is locked.
CREATE OR REPLACE FUNCTION refresh_oauth_grant(
    presented bytea, client uuid, wanted text[], next_token bytea, at timestamptz, idle_until timestamptz
) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    token oauth_refresh_tokens;
    given oauth_grants;
    allowed text[];
BEGIN
    -- Whatever deletes an authorization locks it before its tokens: the other way round, each would wait for the other.
    -- Two at once: the second waits here, and then finds the token spent.
    SELECT * INTO given FROM oauth_grants
    WHERE id = (SELECT grant_id FROM oauth_refresh_tokens WHERE hash = presented) AND client_id = client
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'refused');
    END IF;
    SELECT * INTO token FROM oauth_refresh_tokens WHERE hash = presented;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'refused');
    END IF;
    IF token.used_at IS NOT NULL THEN
        UPDATE oauth_grants SET revoked_at = coalesce(revoked_at, at) WHERE id = given.id;
        RETURN jsonb_build_object('outcome', 'reused', 'user_id', given.user_id, 'session_id', given.session_id);
    END IF;
    allowed := oauth_grant_scopes(given);
    IF token.expires_at <= at OR NOT 'offline_access' = ANY (allowed) OR NOT oauth_grant_is_live(given, at) THEN
        RETURN jsonb_build_object('outcome', 'refused');
    END IF;
    IF NOT wanted <@ allowed THEN
        RETURN jsonb_build_object('outcome', 'invalid_scope');
    END IF;
    UPDATE oauth_refresh_tokens SET used_at = at WHERE hash = presented;
    PERFORM issue_oauth_refresh_token(given, next_token, at, idle_until);
    RETURN jsonb_build_object('outcome', 'done', 'grant', oauth_grant_document(given));
END
$$;
