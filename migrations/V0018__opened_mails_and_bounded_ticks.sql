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

SELECT let_component_call('matrice_admin', 'mail_permissions(text, uuid)');
