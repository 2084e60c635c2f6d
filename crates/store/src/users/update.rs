//! Changes an account.

use chrono::{DateTime, Utc};
use contract::{User, UserChanges, UserId};
use platform::db::{Db, DbError};

use super::{Answer, Changed, EMAIL_KEY, ROLE_KEY, Refusal};
use crate::statements;

statements! {
    UPDATE [Users] = "SELECT update_user($1, $2, $3, $4, $5, instant($6))";
}

/// Changes the account if it is still at that version.
pub async fn update(
    db: &Db,
    id: UserId,
    version: i64,
    changes: &UserChanges,
    now: DateTime<Utc>,
) -> Result<Result<User, Refusal>, DbError> {
    let parameters = vec![
        id.into(),
        version.into(),
        changes.email.as_ref().into(),
        changes.display_name.as_ref().into(),
        changes.roles.as_deref().into(),
        now.into(),
    ];
    match db.fetch_one::<Answer<Changed>>(&UPDATE, parameters).await {
        Ok(answer) => Ok(answer.into_result().map(|changed| changed.user)),
        Err(error) if error.violates(EMAIL_KEY) => Ok(Err(Refusal::EmailTaken)),
        Err(error) if error.violates(ROLE_KEY) => Ok(Err(Refusal::UnknownRole)),
        Err(error) => Err(error),
    }
}
