-- Administrators see where an account is signed in, and end it.

ALTER TABLE sessions
    DROP CONSTRAINT sessions_end_reason_known,
    ADD CONSTRAINT sessions_end_reason_known CHECK (end_reason IN
        ('signed_out', 'account_locked', 'refresh_token_reused', 'ended_by_owner', 'password_changed',
         'ended_by_administrator'));
