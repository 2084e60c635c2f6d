//! Whether the database answers.

use platform::db::{Db, DbError};

use crate::statements;

statements! {
    PING [Login, Users, Admin] = "SELECT to_jsonb(true)";
}

/// Asks the database for an answer.
pub async fn ping(db: &Db) -> Result<(), DbError> {
    db.fetch_one::<bool>(&PING, Vec::new()).await.map(|_| ())
}
