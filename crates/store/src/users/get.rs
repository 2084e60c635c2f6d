//! Reads one account.

use contract::{User, UserId};
use platform::db::{Db, DbError};

use crate::{email_link::Reader, statements};

statements! {
    GET [Users] = "SELECT user_document(users) FROM users WHERE id = $1";
    OWNER [Users] = "
        SELECT jsonb_build_object('user_id', id, 'email', email, 'display_name', display_name, 'locale', locale)
        FROM users WHERE id = $1";
}

/// The account with that id.
pub async fn get(db: &Db, id: UserId) -> Result<Option<User>, DbError> {
    db.fetch_optional(&GET, vec![id.into()]).await
}

/// The owner of the account with that id, who is to be told of something.
pub async fn owner(db: &Db, id: UserId) -> Result<Option<Reader>, DbError> {
    db.fetch_optional(&OWNER, vec![id.into()]).await
}
