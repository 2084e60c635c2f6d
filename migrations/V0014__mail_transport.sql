-- Mails on their way out, and what the tick deletes.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'matrice_worker') THEN
        CREATE ROLE matrice_worker NOLOGIN;
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'role matrice_worker can''t be created here: its component uses database_url';
    -- Roles belong to the cluster: another database's migration made it a moment ago.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

ALTER TABLE mails
    ADD COLUMN state      text    NOT NULL DEFAULT 'queued'
        CONSTRAINT mails_state_known CHECK (state IN ('queued', 'sending', 'sent', 'failed')),
    -- Since it was queued, or queued again.
    ADD COLUMN attempts   integer NOT NULL DEFAULT 0,
    -- Queued: when it is tried next. Sending: when the attempt is given up for lost.
    ADD COLUMN due_at     timestamptz,
    -- Why the last attempt failed, in a line.
    ADD COLUMN last_error text,
    ADD COLUMN sent_at    timestamptz,
    -- A mail that was sent has no text any more: its links are keys.
    ALTER COLUMN text_body DROP NOT NULL,
    ALTER COLUMN html_body DROP NOT NULL;
UPDATE mails SET due_at = created_at;
ALTER TABLE mails
    ADD CONSTRAINT mails_due CHECK ((due_at IS NOT NULL) = (state IN ('queued', 'sending'))),
    ADD CONSTRAINT mails_sent CHECK ((sent_at IS NOT NULL) = (state = 'sent')),
    ADD CONSTRAINT mails_text CHECK ((num_nulls(text_body, html_body) = 2) = (state = 'sent'));
CREATE INDEX mails_due_at ON mails (due_at) WHERE due_at IS NOT NULL;

-- Puts {id, user_id, kind, recipient, subject, text, html} into the outbox; answers the id.
CREATE OR REPLACE FUNCTION enqueue_mail(mail jsonb, at timestamptz) RETURNS uuid
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO mails (id, user_id, kind, recipient, subject, text_body, html_body, created_at, due_at)
    VALUES (
        (mail ->> 'id')::uuid,
        -- The mail about an account's end is written when the account is gone.
        (SELECT users.id FROM users WHERE users.id = (mail ->> 'user_id')::uuid),
        mail ->> 'kind', mail ->> 'recipient', mail ->> 'subject', mail ->> 'text', mail ->> 'html', at, at);
    SELECT (mail ->> 'id')::uuid;
END;

-- Takes mails that are due, until the lease ends, the longest due first: {id, attempt, recipient, subject, text, html,
-- created_at}. Of two workers at once each gets others. Those that were due for a day, when nothing sent them, and
-- those whose last attempt was lost are failed instead: what they say may not be true any more.
CREATE FUNCTION claim_mails(at timestamptz, lease_ends timestamptz, most_attempts integer, batch integer)
    RETURNS SETOF jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    UPDATE mails SET state = 'failed', due_at = NULL, last_error = coalesce(last_error, 'not sent in time')
    WHERE id IN (
        SELECT id FROM mails
        WHERE due_at <= at AND (attempts >= most_attempts OR due_at <= at - interval '1 day')
        ORDER BY due_at LIMIT 1000 FOR UPDATE SKIP LOCKED);
    RETURN QUERY
        UPDATE mails SET state = 'sending', attempts = attempts + 1, due_at = lease_ends
        WHERE id IN (
            SELECT id FROM mails
            WHERE due_at <= at AND attempts < most_attempts AND due_at > at - interval '1 day'
            ORDER BY due_at LIMIT batch FOR UPDATE SKIP LOCKED)
        RETURNING jsonb_build_object('id', id, 'attempt', attempts, 'recipient', recipient, 'subject', subject,
            'text', text_body, 'html', html_body, 'created_at', created_at);
END
$$;

-- Writes down how an attempt ended: with an error it is tried again at `next_at`, or where that is null has failed.
-- Answers whether the attempt was still under way: one that took longer than its lease is not asked any more.
CREATE FUNCTION finish_mail(mail uuid, attempt integer, error text, next_at timestamptz, at timestamptz)
    RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    UPDATE mails SET
        state = CASE WHEN error IS NULL THEN 'sent' WHEN next_at IS NULL THEN 'failed' ELSE 'queued' END,
        due_at = CASE WHEN error IS NOT NULL THEN next_at END,
        sent_at = CASE WHEN error IS NULL THEN at END,
        text_body = CASE WHEN error IS NOT NULL THEN text_body END,
        html_body = CASE WHEN error IS NOT NULL THEN html_body END,
        last_error = error
    WHERE id = mail AND state = 'sending' AND attempts = attempt;
    RETURN FOUND;
END
$$;

-- A mail as the back office shows it.
CREATE FUNCTION mail_document(mail mails) RETURNS jsonb
    LANGUAGE sql STABLE
    RETURN jsonb_build_object('id', mail.id, 'kind', mail.kind, 'recipient', mail.recipient, 'subject', mail.subject,
        'text', mail.text_body, 'created_at', mail.created_at, 'state', mail.state, 'attempts', mail.attempts,
        'next_attempt_at', CASE mail.state WHEN 'queued' THEN mail.due_at END, 'last_error', mail.last_error,
        'sent_at', mail.sent_at);

-- Queues a failed mail again. Answers {outcome, mail}, without the text: who may send need not be who may read.
CREATE FUNCTION retry_mail(retried uuid, at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    found_mail mails;
BEGIN
    UPDATE mails SET state = 'queued', attempts = 0, due_at = at
    WHERE id = retried AND state = 'failed'
    RETURNING * INTO found_mail;
    IF FOUND THEN
        RETURN jsonb_build_object('outcome', 'done', 'mail', mail_document(found_mail) - 'text');
    END IF;
    RETURN jsonb_build_object('outcome',
        CASE WHEN EXISTS (SELECT FROM mails WHERE id = retried) THEN 'not_failed' ELSE 'not_found' END);
END
$$;

-- When a bucket is full again, and so as good as none.
ALTER TABLE rate_limits ADD COLUMN full_at timestamptz;
-- No bucket takes longer.
UPDATE rate_limits SET full_at = updated_at + interval '1 day';
ALTER TABLE rate_limits ALTER COLUMN full_at SET NOT NULL;

-- Refills a bucket by the time that has passed and takes `cost` tokens where it has them; 0 asks whether there is
-- one. Answers the seconds until it has them again, 0 where it gave them.
CREATE OR REPLACE FUNCTION take_from_bucket(
    bucket_key text, capacity double precision, refill double precision, cost double precision, at timestamptz
) RETURNS double precision
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO rate_limits AS bucket (key, tokens, seconds_per_token, allowed, updated_at, full_at)
    VALUES (bucket_key, capacity - cost, refill, true, at, at + cost * refill * interval '1 second')
    ON CONFLICT (key) DO UPDATE SET (tokens, allowed, seconds_per_token, updated_at, full_at) = (
        SELECT kept, refilled >= greatest(cost, 1), refill, latest,
               latest + greatest(0, capacity - kept) * refill * interval '1 second'
        FROM (SELECT least(capacity, bucket.tokens
                  + greatest(0, extract(epoch FROM at - bucket.updated_at))::float8 / refill) AS refilled,
                  greatest(bucket.updated_at, at) AS latest) AS level,
             LATERAL (SELECT CASE WHEN refilled >= greatest(cost, 1) THEN refilled - cost ELSE refilled END AS kept)
                 AS taken)
    RETURNING CASE WHEN allowed THEN 0 ELSE (greatest(cost, 1) - tokens) * seconds_per_token END;
END;

-- What is looked for to be deleted.
CREATE INDEX rate_limits_full ON rate_limits (full_at);
CREATE INDEX email_links_over ON email_links (coalesce(used_at, expires_at));
CREATE INDEX second_factor_challenges_expiry ON second_factor_challenges (expires_at);
CREATE INDEX sessions_last_used ON sessions (last_used_at);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);
CREATE INDEX security_events_at ON security_events (at);
CREATE INDEX mails_created_at ON mails (created_at);

-- Deletes rows of a table that meet a condition on $1, the time, and $2, how long records are kept: a thousand at most,
-- and none that somebody else works on. Answers how many.
CREATE FUNCTION delete_batch(target regclass, condition text, at timestamptz, kept interval) RETURNS bigint
    LANGUAGE plpgsql
AS $$
DECLARE
    deleted bigint;
BEGIN
    EXECUTE format(
        'DELETE FROM %1$s WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM %1$s AS old WHERE %2$s LIMIT 1000 FOR UPDATE OF old SKIP LOCKED))',
        target, condition)
    USING at, kept;
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END
$$;

-- Deletes what has expired, in batches; answers how many rows of each table. Records (the security log, mails) are kept
-- for `days`. A table with rows that expire gets a line here, in a migration that replaces the function.
CREATE FUNCTION delete_expired(at timestamptz, days integer) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    kept interval := make_interval(days => days);
    counts jsonb := '{}';
    expiring record;
BEGIN
    FOR expiring IN
        SELECT * FROM (VALUES
            ('rate_limits', 'full_at <= $1'),
            ('email_links', 'coalesce(used_at, expires_at) <= $1'),
            ('second_factor_challenges', 'expires_at <= $1'),
            ('passkey_ceremonies', 'expires_at <= $1'),
            ('provider_authorizations', 'expires_at <= $1'),
            ('oauth_refresh_tokens', 'expires_at <= $1'),
            -- Others go with their session.
            ('oauth_grants', 'coalesce(revoked_at, CASE WHEN code_used_at IS NULL THEN code_expires_at END) <= $1'),
            ('refresh_tokens', 'expires_at <= $1'),
            -- A session tells for 90 days which devices an account knows, and the last one for ever that it knows any.
            ('sessions', 'last_used_at <= $1 - interval ''90 days'' AND EXISTS (
                SELECT FROM sessions AS later
                WHERE later.user_id = old.user_id AND later.last_used_at > old.last_used_at)'),
            ('security_events', 'at <= $1 - $2'),
            ('mails', 'created_at <= $1 - $2')
        ) AS tables (name, condition)
    LOOP
        counts := counts || jsonb_build_object(
            expiring.name, delete_batch(expiring.name::regclass, expiring.condition, at, kept));
    END LOOP;
    RETURN counts;
END
$$;

REVOKE EXECUTE ON FUNCTION claim_mails, finish_mail, delete_expired FROM PUBLIC;

INSERT INTO role_permissions (role, permission) VALUES ('administrator', 'mail:send');

-- The worker has no table: three functions are all that it may call.
SELECT
    let_component_call('matrice_worker', 'claim_mails(timestamptz, timestamptz, integer, integer)'),
    let_component_call('matrice_worker', 'finish_mail(uuid, integer, text, timestamptz, timestamptz)'),
    let_component_call('matrice_worker', 'delete_expired(timestamptz, integer)'),
    grant_to_component('matrice_admin', 'UPDATE (state, attempts, due_at)', 'mails');
