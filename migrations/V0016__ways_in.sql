-- What proves an account, and what of it a change takes back.

-- What somebody has unlinked from an account: it isn't linked to that again by its address alone.
CREATE TABLE unlinked_identities (
    user_id     uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    issuer      text        NOT NULL,
    subject     text        NOT NULL,
    unlinked_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, issuer, subject)
);

-- Links {id, provider, issuer, subject, email} to an account and tells its owner. By a proven address, only while that
-- is the account's, the account has proven it itself, and its owner has not unlinked the identity.
CREATE OR REPLACE FUNCTION link_identity(account uuid, identity jsonb, proven_email text, mail jsonb, at timestamptz)
    RETURNS text
    LANGUAGE plpgsql
AS $$
DECLARE
    holder uuid;
BEGIN
    INSERT INTO identities (id, user_id, provider, issuer, subject, email, created_at)
    SELECT (identity ->> 'id')::uuid, users.id, identity ->> 'provider', identity ->> 'issuer',
        identity ->> 'subject', identity ->> 'email', at
    FROM users
    WHERE users.id = account AND status = 'active'
        AND (proven_email IS NULL OR (users.email = proven_email AND verified_email = proven_email
            AND NOT EXISTS (
                SELECT FROM unlinked_identities AS unlinked
                WHERE unlinked.user_id = account AND unlinked.issuer = identity ->> 'issuer'
                    AND unlinked.subject = identity ->> 'subject')))
    ON CONFLICT (issuer, subject) DO NOTHING;
    IF FOUND THEN
        DELETE FROM unlinked_identities AS unlinked
        WHERE unlinked.user_id = account AND unlinked.issuer = identity ->> 'issuer'
            AND unlinked.subject = identity ->> 'subject';
        PERFORM enqueue_mail(mail, at);
        RETURN 'linked';
    END IF;
    SELECT user_id INTO holder FROM identities
    WHERE issuer = identity ->> 'issuer' AND subject = identity ->> 'subject';
    RETURN CASE holder WHEN account THEN 'linked_before' ELSE 'refused' END;
END
$$;

SELECT
    grant_to_component('matrice_login', 'SELECT, INSERT, DELETE', 'unlinked_identities');
