//! Locks and unlocks accounts.

use chrono::{DateTime, Utc};
use contract::{SessionId, User, UserId, UserStatus};
use platform::db::{Db, DbError};
use serde::Deserialize;

use super::{Answer, Refusal};
use crate::statements;

statements! {
    SET_STATUS [Users] = "SELECT set_user_status($1, $2, instant($3))";
}

/// An account whose status was set.
#[derive(Deserialize)]
pub struct StatusSet {
    /// The account, as it is now.
    pub user: User,
    /// Its sessions that ended lately: access tokens of theirs may still be out.
    pub ended_sessions: Vec<SessionId>,
}

/// Locks or unlocks an account. Locking ends its sessions; doing either again changes nothing.
pub async fn set(
    db: &Db,
    id: UserId,
    status: UserStatus,
    now: DateTime<Utc>,
) -> Result<Result<StatusSet, Refusal>, DbError> {
    let answer: Answer<StatusSet> =
        db.fetch_one(&SET_STATUS, vec![id.into(), status.into(), now.into()]).await?;
    Ok(answer.into_result())
}
