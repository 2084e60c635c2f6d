//! One's own account: its end, and all that is kept about its owner.

use chrono::{DateTime, Utc};
use contract::{AccountExport, SessionId, UserId};
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::{
    outbox::OutgoingMail,
    statements,
    users::{Answer, Refusal},
};

statements! {
    DELETE [Login] = "SELECT delete_account($1, $2, instant($3))";
    // A table that refers to users belongs in here: tests/tests/api/account.rs asks for it.
    EXPORT [Login] = "
        SELECT jsonb_build_object(
            'account', user_document(users),
            'verified_email', verified_email,
            'locale', locale,
            'password_stored_at', (SELECT updated_at FROM password_credentials WHERE user_id = users.id),
            'sessions', (
                SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'created_at', created_at,
                    'last_used_at', last_used_at, 'expires_at', expires_at, 'ended_at', ended_at,
                    'end_reason', end_reason, 'address', address, 'user_agent', user_agent) ORDER BY id), '[]')
                FROM sessions WHERE user_id = users.id),
            'links', (
                SELECT coalesce(jsonb_agg(jsonb_build_object('purpose', purpose, 'email', link.email,
                    'issued_at', issued_at, 'expires_at', expires_at, 'used_at', used_at) ORDER BY issued_at), '[]')
                FROM email_links AS link WHERE user_id = users.id),
            'invitations', (
                SELECT coalesce(jsonb_agg(jsonb_build_object('id', link.id, 'email', link.email, 'roles', roles,
                    'invited_by', users.display_name, 'created_at', issued_at, 'expires_at', expires_at)
                    ORDER BY link.id), '[]')
                FROM email_links AS link WHERE invited_by = users.id),
            'mails', (
                SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'recipient', recipient,
                    'subject', subject, 'created_at', mails.created_at) ORDER BY mails.id), '[]')
                FROM mails
                WHERE user_id = users.id OR user_id IS NULL AND recipient = users.verified_email),
            'second_factors', jsonb_build_object(
                'totp_since', second_factors(users.id) #> '{totp,confirmed_at}',
                'passkeys', jsonb_array_length(second_factors(users.id) -> 'passkeys'),
                'recovery_codes_left', second_factors(users.id) -> 'recovery_codes_left'),
            'passkeys', (
                SELECT coalesce(jsonb_agg(passkey_document(passkeys) ORDER BY id), '[]')
                FROM passkeys WHERE user_id = users.id),
            'api_keys', (
                SELECT coalesce(jsonb_agg(to_jsonb(api_keys) - 'hash' ORDER BY id), '[]')
                FROM api_keys WHERE user_id = users.id),
            'identities', (
                SELECT coalesce(jsonb_agg(to_jsonb(identities) - 'user_id' ORDER BY id), '[]')
                FROM identities WHERE user_id = users.id),
            'unlinked_identities', (
                SELECT coalesce(jsonb_agg(to_jsonb(unlinked) - 'user_id' ORDER BY unlinked_at, issuer, subject), '[]')
                FROM unlinked_identities AS unlinked WHERE user_id = users.id),
            'consents', (
                SELECT coalesce(jsonb_agg(jsonb_build_object('client_id', client_id, 'client_name', name,
                    'scopes', consent.scopes, 'given_at', given_at) ORDER BY given_at, client_id), '[]')
                FROM oauth_consents AS consent JOIN oauth_clients ON oauth_clients.id = client_id
                WHERE user_id = users.id),
            'authorizations', (
                SELECT coalesce(jsonb_agg(jsonb_build_object('client_id', given.client_id, 'client_name', name,
                    'session_id', session_id, 'scopes', given.scopes, 'redirect_uri', redirect_uri,
                    'authenticated_at', authenticated_at, 'issued_at', issued_at, 'used_at', code_used_at,
                    'ended_at', revoked_at) ORDER BY given.id), '[]')
                FROM oauth_grants AS given JOIN oauth_clients ON oauth_clients.id = given.client_id
                WHERE user_id = users.id),
            'activity', (
                SELECT coalesce(jsonb_agg(event || jsonb_build_object('device', event -> 'user_agent')), '[]')
                FROM security_events_of(users.id, NULL, NULL) AS event))
        FROM users WHERE users.id = $1";
}

#[derive(Deserialize)]
struct Deleted {
    ended_sessions: Vec<SessionId>,
}

/// Deletes the account with all that belongs to it, and tells its owner; answers the sessions that ended lately.
pub async fn delete(
    db: &Db,
    id: UserId,
    mail: &OutgoingMail,
    now: DateTime<Utc>,
) -> Result<Result<Vec<SessionId>, Refusal>, DbError> {
    let answer: Answer<Deleted> = db.fetch_one(&DELETE, vec![id.into(), mail.into(), now.into()]).await?;
    Ok(answer.into_result().map(|deleted| deleted.ended_sessions))
}

/// All that is kept about the account's owner, but for secrets.
pub async fn export(db: &Db, id: UserId) -> Result<Option<AccountExport>, DbError> {
    db.fetch_optional(&EXPORT, vec![id.into()]).await
}
