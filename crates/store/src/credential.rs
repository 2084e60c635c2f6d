//! What proves an account: read by `login` alone.

use chrono::{DateTime, Utc};
use contract::{Email, SessionId, UserId, UserStatus};
use credentials::PasswordHash;
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::{email_link::Reader, outbox::OutgoingMail, second_factor::Factors, statements};

statements! {
    FIND [Login] = "
        SELECT jsonb_build_object('user_id', users.id, 'email', email, 'display_name', display_name,
            'locale', locale, 'status', users.status, 'password_hash', hash,
            'factors', second_factors(users.id),
            'known_network', EXISTS (SELECT FROM sessions WHERE user_id = users.id AND last_used_at > instant($3)
                                     AND $2 IN (coalesce(network, address), last_network)))
        FROM users JOIN password_credentials ON password_credentials.user_id = users.id
        WHERE email = $1";
    // Other applications' access goes as the other sessions do, what they got in the kept one too.
    CHANGE [Login] = "
        WITH revoked AS (UPDATE oauth_grants SET revoked_at = instant($5) WHERE user_id = $1 AND revoked_at IS NULL)
        SELECT set_password($1, $2, $3, $4, instant($5))";
}

/// An account and the hash of its password.
#[derive(Deserialize)]
pub struct PasswordCredential {
    /// Whose.
    #[serde(flatten)]
    pub owner: Reader,
    /// Whether the account may be used.
    pub status: UserStatus,
    /// A PHC string.
    pub password_hash: String,
    /// What is asked for beside the password.
    pub factors: Factors,
    /// Whether the account had a session from the network that is asked about.
    pub known_network: bool,
}

/// The credential of the account with that address, and whether the account was used from that network since.
pub async fn find(
    db: &Db,
    email: &Email,
    network: &str,
    since: DateTime<Utc>,
) -> Result<Option<PasswordCredential>, DbError> {
    db.fetch_optional(&FIND, vec![email.into(), network.into(), since.into()]).await
}

/// Changes an account's password, ends its other sessions and tells its owner; answers the ended sessions.
pub async fn change(
    db: &Db,
    user: UserId,
    kept_session: SessionId,
    password: &PasswordHash,
    mail: &OutgoingMail,
    now: DateTime<Utc>,
) -> Result<Vec<SessionId>, DbError> {
    let parameters = vec![user.into(), kept_session.into(), password.into(), mail.into(), now.into()];
    db.fetch_one(&CHANGE, parameters).await
}
