-- Limits on signing in that escalate, and what sessions tell of an account's addresses and devices.

-- Twenty tokens a second are one in 0.05 s.
ALTER TABLE rate_limits ALTER COLUMN seconds_per_token TYPE double precision;

-- Refills a bucket by the time that has passed and takes `cost` tokens where it has them; 0 asks whether there is
-- one. Answers the seconds until it has them again, 0 where it gave them.
CREATE FUNCTION take_from_bucket(
    bucket_key text, capacity double precision, refill double precision, cost double precision, at timestamptz
) RETURNS double precision
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO rate_limits AS bucket (key, tokens, seconds_per_token, allowed, updated_at)
    VALUES (bucket_key, capacity - cost, refill, true, at)
    ON CONFLICT (key) DO UPDATE SET (tokens, allowed, seconds_per_token, updated_at) = (
        SELECT CASE WHEN refilled >= greatest(cost, 1) THEN refilled - cost ELSE refilled END,
               refilled >= greatest(cost, 1), refill, greatest(bucket.updated_at, at)
        FROM (SELECT least(capacity, bucket.tokens
                  + greatest(0, extract(epoch FROM at - bucket.updated_at))::float8 / refill) AS refilled) AS level)
    RETURNING CASE WHEN allowed THEN 0 ELSE (greatest(cost, 1) - tokens) * seconds_per_token END;
END;

-- Takes from every bucket of a stage, and goes on to the next stage only where all of them gave: what stands behind
-- is not emptied by tries that are refused before it. `stages` is an array of arrays of {key, capacity,
-- seconds_per_token, cost}. Answers {stage, seconds} of the refusal, or null. Buckets of a stage are taken in the
-- order of their keys, so that no two requests wait for each other.
CREATE FUNCTION take_tokens(stages jsonb, at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    bucket record;
    wait double precision := 0;
BEGIN
    FOR stage IN 0 .. jsonb_array_length(stages) - 1 LOOP
        FOR bucket IN
            SELECT * FROM jsonb_to_recordset(stages -> stage)
                AS wanted (key text, capacity float8, seconds_per_token float8, cost float8)
            ORDER BY key
        LOOP
            wait := greatest(wait,
                take_from_bucket(bucket.key, bucket.capacity, bucket.seconds_per_token, bucket.cost, at));
        END LOOP;
        IF wait > 0 THEN
            RETURN jsonb_build_object('stage', stage, 'seconds', ceil(wait)::int);
        END IF;
    END LOOP;
    RETURN 'null';
END
$$;

ALTER TABLE sessions
    -- The browser and its system, as `login` names them; null in the sessions of earlier versions.
    ADD COLUMN device text,
    -- The address, or of IPv6 its network; null in those too.
    ADD COLUMN network text;
-- An account's latest sessions: which networks and devices it knows.
CREATE INDEX sessions_user_last_used ON sessions (user_id, last_used_at DESC);
-- The one token of a session that is good: when the session ends by itself.
CREATE INDEX refresh_tokens_unspent ON refresh_tokens (session_id) WHERE used_at IS NULL;
