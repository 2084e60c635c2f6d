//! Changes an account.

use chrono::{DateTime, Utc};
use contract::{User, UserChanges, UserId};
use platform::db::{Db, DbError, Parameter};

use super::{Answer, Changed, EMAIL_KEY, ROLE_KEY, Refusal};
use crate::{outbox::OutgoingMail, statements};

statements! {
    UPDATE [Users] = "SELECT update_user($1, $2, $3, $4, $5, $6, instant($7))";
}

/// Changes the account if it is still at that version, and tells of it.
pub async fn update(
    db: &Db,
    id: UserId,
    version: i64,
    changes: &UserChanges,
    mails: &[OutgoingMail],
    now: DateTime<Utc>,
) -> Result<Result<User, Refusal>, DbError> {
    let parameters = vec![
        id.into(),
        version.into(),
        changes.email.as_ref().into(),
        changes.display_name.as_ref().into(),
        changes.roles.as_deref().into(),
        Parameter::json(&mails),
        now.into(),
    ];
    match db.fetch_one::<Answer<Changed>>(&UPDATE, parameters).await {
        Ok(answer) => Ok(answer.into_result().map(|changed| changed.user)),
        Err(error) if error.violates(EMAIL_KEY) => Ok(Err(Refusal::EmailTaken)),
        Err(error) if error.violates(ROLE_KEY) => Ok(Err(Refusal::UnknownRole)),
        Err(error) => Err(error),
    }
}
