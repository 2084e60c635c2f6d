//! The first administrator.

use chrono::{DateTime, Utc};
use contract::{Setup, UserId};
use credentials::{PasswordHash, TokenHash};
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::statements;

statements! {
    COMPLETE [Login] = "SELECT to_jsonb(complete_setup($1, $2, $3, $4, $5, instant($6)))";
}

/// How a set-up ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetupOutcome {
    /// The administrator exists now, and the link is spent.
    Done,
    /// There are accounts already.
    SetupDone,
    /// The link is unknown, used or expired.
    SetupTokenInvalid,
}

/// Spends the link's token on the first administrator.
pub async fn complete(
    db: &Db,
    token: TokenHash,
    id: UserId,
    setup: &Setup,
    password: &PasswordHash,
    now: DateTime<Utc>,
) -> Result<SetupOutcome, DbError> {
    let parameters = vec![
        token.into(),
        id.into(),
        (&setup.email).into(),
        (&setup.display_name).into(),
        password.into(),
        now.into(),
    ];
    db.fetch_one(&COMPLETE, parameters).await
}
