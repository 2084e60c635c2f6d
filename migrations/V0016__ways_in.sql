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

-- Takes away whatever an account proves itself with beside its password, ends its sessions and tells its owner, for
-- `users`, which may see none of it. A new kind of second factor adds its table here. Answers {outcome, ended_sessions}.
CREATE OR REPLACE FUNCTION reset_second_factor(account uuid, mail jsonb, at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    -- Nothing is lost with one that is only being set up. Of two at once the second waits here, and finds nothing left.
    IF NOT lock_second_factors(account) THEN
        RETURN jsonb_build_object('outcome', 'second_factor_off');
    END IF;
    -- Whoever answers a challenge locks it before the factor that answers it.
    DELETE FROM second_factor_challenges WHERE user_id = account;
    DELETE FROM totp_enrolments WHERE user_id = account;
    DELETE FROM totp_factors WHERE user_id = account;
    DELETE FROM passkeys WHERE user_id = account;
    DELETE FROM recovery_codes WHERE user_id = account;
    UPDATE users SET has_second_factor = false, version = version + 1, updated_at = at WHERE id = account;
    PERFORM enqueue_mail(mail, at);
    RETURN jsonb_build_object(
        'outcome', 'done', 'ended_sessions', end_sessions(account, NULL, 'ended_by_administrator', at));
END
$$;

-- A new password ends the other sessions and the sign-ins that the old one began, spends every link of the account, and
-- tells the owner: whoever had the old one may have asked for another address. Answers the ended sessions.
CREATE OR REPLACE FUNCTION set_password(
    account uuid, kept_session uuid, new_hash text, mail jsonb, at timestamptz
) RETURNS jsonb
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO password_credentials (user_id, hash, updated_at) VALUES (account, new_hash, at)
    ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, updated_at = excluded.updated_at;
    UPDATE users SET has_password = true WHERE id = account AND NOT has_password;
    UPDATE email_links SET used_at = at WHERE user_id = account AND used_at IS NULL;
    DELETE FROM second_factor_challenges WHERE user_id = account;
    PERFORM enqueue_mail(mail, at);
    RETURN end_sessions(account, kept_session, 'password_changed', at);
END
$$;

-- Whether a password is still the one that was verified, where one was; whoever changes it waits from now on. The
-- account's row is locked before: of two who sign in at once, neither waits for the other here.
CREATE FUNCTION password_stands(account uuid, verified_hash text) RETURNS boolean
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM FROM password_credentials WHERE user_id = account AND hash = verified_hash FOR SHARE;
    RETURN FOUND OR verified_hash IS NULL;
END
$$;

SELECT
    grant_to_component('matrice_login', 'SELECT, INSERT, DELETE', 'unlinked_identities');
