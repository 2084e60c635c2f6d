//! What proves an account: read by `login` alone.

use contract::{Email, UserId, UserStatus};
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::statements;

statements! {
    FIND [Login] = "
        SELECT jsonb_build_object('user_id', users.id, 'status', users.status, 'password_hash', hash)
        FROM users JOIN password_credentials ON password_credentials.user_id = users.id
        WHERE email = $1";
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
}

/// The credential of the account with that address.
pub async fn find(db: &Db, email: &Email) -> Result<Option<PasswordCredential>, DbError> {
    db.fetch_optional(&FIND, vec![email.into()]).await
}
