-- Mails are listed without what they say and opened one at a time, by somebody who may do what their links do.

CREATE INDEX mails_state ON mails (state, id);
CREATE INDEX email_links_email ON email_links (email);

-- A mail as the back office lists it: without its text, whose links are keys.
CREATE OR REPLACE FUNCTION mail_document(mail mails) RETURNS jsonb
    LANGUAGE sql STABLE
    RETURN jsonb_build_object('id', mail.id, 'kind', mail.kind, 'recipient', mail.recipient, 'subject', mail.subject,
        'created_at', mail.created_at, 'state', mail.state, 'attempts', mail.attempts,
        'next_attempt_at', CASE mail.state WHEN 'queued' THEN mail.due_at END, 'last_error', mail.last_error,
        'sent_at', mail.sent_at);

-- What the links of a mail are worth, for `admin`, which can't read links: all that its owner and whoever else has the
-- address may do, or an account that a link to the address is of, or that an invitation to it makes.
CREATE FUNCTION mail_permissions(mailed_to text, owner uuid) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    RETURN (
        WITH accounts AS (
            SELECT owner AS id
            UNION SELECT id FROM users WHERE email = mailed_to
            UNION SELECT user_id FROM email_links WHERE email = mailed_to
        ), given AS (
            SELECT role FROM user_roles JOIN accounts ON accounts.id = user_id
            UNION SELECT unnest(roles) FROM email_links WHERE email = mailed_to
        )
        SELECT coalesce(jsonb_agg(DISTINCT permission), '[]') FROM role_permissions JOIN given USING (role)
    );
REVOKE EXECUTE ON FUNCTION mail_permissions FROM PUBLIC;

-- Whether a text has a link that does nothing any more, for `admin`, which can't read links.
CREATE FUNCTION link_is_over(body text, at timestamptz) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    RETURN body LIKE '%#token=mtl\_%' AND NOT EXISTS (
        SELECT FROM email_links
        WHERE hash = sha256(convert_to(substring(body FROM '#token=(mtl_\S+)'), 'UTF8'))
            AND used_at IS NULL AND expires_at > at
    );
REVOKE EXECUTE ON FUNCTION link_is_over FROM PUBLIC;

-- Queues a failed mail again, unless its link does nothing any more. Answers {outcome, mail}.
CREATE OR REPLACE FUNCTION retry_mail(retried uuid, at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    found_mail mails;
BEGIN
    UPDATE mails SET state = 'queued', attempts = 0, due_at = at
    WHERE id = retried AND state = 'failed' AND NOT link_is_over(text_body, at)
    RETURNING * INTO found_mail;
    IF FOUND THEN
        RETURN jsonb_build_object('outcome', 'done', 'mail', mail_document(found_mail));
    END IF;
    SELECT * INTO found_mail FROM mails WHERE id = retried;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'not_found');
    END IF;
    RETURN jsonb_build_object('outcome', CASE found_mail.state WHEN 'failed' THEN 'link_over' ELSE 'not_failed' END);
END
$$;

SELECT
    let_component_call('matrice_admin', 'mail_permissions(text, uuid)'),
    let_component_call('matrice_admin', 'link_is_over(text, timestamptz)');

-- Fails mails that were due for a day, when nothing sent them, and those whose last attempt was lost: what they say may
-- not be true any more. Answers which.
CREATE FUNCTION fail_overdue_mails(at timestamptz, most_attempts integer) RETURNS SETOF uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    RETURN QUERY
        UPDATE mails SET state = 'failed', due_at = NULL, last_error = coalesce(last_error, 'not sent in time')
        WHERE id = ANY (ARRAY(
            SELECT id FROM mails
            WHERE due_at <= at AND (attempts >= most_attempts OR due_at <= at - interval '1 day')
            ORDER BY due_at LIMIT 1000 FOR UPDATE SKIP LOCKED))
        RETURNING id;
END
$$;
REVOKE EXECUTE ON FUNCTION fail_overdue_mails FROM PUBLIC;

-- Takes mails that are due, until the lease ends, the longest due first: {id, attempt, recipient, subject, text, html,
-- created_at}. Of two workers at once each gets others. None that `fail_overdue_mails` fails.
CREATE OR REPLACE FUNCTION claim_mails(
    at timestamptz, lease_ends timestamptz, most_attempts integer, batch integer
) RETURNS SETOF jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    RETURN QUERY
        UPDATE mails SET state = 'sending', attempts = attempts + 1, due_at = lease_ends
        WHERE id = ANY (ARRAY(
            SELECT id FROM mails
            WHERE due_at <= at AND attempts < most_attempts AND due_at > at - interval '1 day'
            ORDER BY due_at LIMIT batch FOR UPDATE SKIP LOCKED))
        RETURNING jsonb_build_object('id', id, 'attempt', attempts, 'recipient', recipient, 'subject', subject,
            'text', text_body, 'html', html_body, 'created_at', created_at);
END
$$;

-- What is looked for to be deleted.
CREATE INDEX oauth_refresh_tokens_expiry ON oauth_refresh_tokens (expires_at);
CREATE INDEX oauth_grants_over ON oauth_grants
    ((coalesce(revoked_at, CASE WHEN code_used_at IS NULL THEN code_expires_at END)));
CREATE INDEX mails_sent_to_nobody ON mails (sent_at) WHERE user_id IS NULL AND state = 'sent';

-- Deletes what has expired, in batches until there is no more, ten of each table at the most; answers how many rows of
-- each table. Records (the security log, mails) are kept for `days`, and never less than a day, whoever asks. A table
-- with rows that expire gets a line here and an index, in a migration that replaces the function.
CREATE OR REPLACE FUNCTION delete_expired(at timestamptz, days integer) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    kept interval := make_interval(days => days);
    counts jsonb := '{}';
    expiring record;
    deleted bigint;
BEGIN
    -- The bounds of the variable `retention_days`.
    IF (days BETWEEN 1 AND 36500) IS NOT TRUE THEN
        RAISE EXCEPTION 'records are kept for 1 to 36500 days' USING ERRCODE = 'invalid_parameter_value';
    END IF;
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
            ('mails', 'created_at <= $1 - $2'),
            -- To an address that was no account's when it was written, or whose account is deleted.
            ('mails', 'user_id IS NULL AND state = ''sent'' AND sent_at <= $1 - interval ''30 days''')
        ) AS tables (name, condition)
    LOOP
        FOR batch IN 1..10 LOOP
            deleted := delete_batch(expiring.name::regclass, expiring.condition, at, kept);
            counts := counts || jsonb_build_object(
                expiring.name, coalesce((counts ->> expiring.name)::bigint, 0) + deleted);
            -- A batch that isn't full was the last.
            EXIT WHEN deleted < 1000;
        END LOOP;
    END LOOP;
    RETURN counts;
END
$$;

-- Deletes an account with all that foreign keys tie to it, and the mails to its proven address from before it was an
-- account's; says so by mail. Answers {outcome, ended_sessions}: those that an access token may still be out for.
CREATE OR REPLACE FUNCTION delete_account(account uuid, mail jsonb, at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
DECLARE
    ended jsonb;
BEGIN
    -- Two administrators leaving at once: the second waits here, and then is the last.
    PERFORM pg_advisory_xact_lock(hashtext('administrators'));
    IF EXISTS (SELECT FROM user_roles WHERE user_id = account AND role = 'administrator')
        AND NOT another_administrator_exists(account) THEN
        RETURN jsonb_build_object('outcome', 'last_administrator');
    END IF;
    SELECT jsonb_agg(id) INTO ended FROM sessions
    WHERE user_id = account AND (ended_at IS NULL OR ended_at > at - interval '10 minutes');
    DELETE FROM mails WHERE user_id IS NULL AND recipient = (SELECT verified_email FROM users WHERE id = account);
    DELETE FROM users WHERE id = account;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'not_found');
    END IF;
    PERFORM enqueue_mail(mail, at);
    RETURN jsonb_build_object('outcome', 'done', 'ended_sessions', coalesce(ended, '[]'));
END
$$;

SELECT
    let_component_call('matrice_worker', 'fail_overdue_mails(timestamptz, integer)'),
    grant_to_component('matrice_login', 'DELETE', 'mails');
