//! Reads one account.

use contract::{User, UserId};
use platform::db::{Db, DbError};

use crate::statements;

statements! {
    GET [Users] = "SELECT user_document(users) FROM users WHERE id = $1";
}

/// The account with that id.
pub async fn get(db: &Db, id: UserId) -> Result<Option<User>, DbError> {
    db.fetch_optional(&GET, vec![id.into()]).await
}
