//! What proves an account: read by `login` alone.

use chrono::{DateTime, Utc};
use contract::{Email, SessionId, UserId, UserStatus};
use credentials::PasswordHash;
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::{outbox::OutgoingMail, second_factor::Factors, statements};

statements! {
    FIND [Login] = "
        SELECT jsonb_build_object('user_id', users.id, 'status', users.status, 'password_hash', hash,
            'factors', second_factors(users.id))
        FROM users JOIN password_credentials ON password_credentials.user_id = users.id
        WHERE email = $1";
    CHANGE [Login] = "SELECT set_password($1, $2, $3, $4, instant($5))";
}

/// An account and the hash of its password.
#[derive(Deserialize)]
pub struct PasswordCredential {
    /// Whose.
    pub user_id: UserId,
    /// Whether the account may be used.
    pub status: UserStatus,
    /// A PHC string.
    pub password_hash: String,
    /// What is asked for beside the password.
    pub factors: Factors,
}

/// The credential of the account with that address.
pub async fn find(db: &Db, email: &Email) -> Result<Option<PasswordCredential>, DbError> {
    db.fetch_optional(&FIND, vec![email.into()]).await
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
