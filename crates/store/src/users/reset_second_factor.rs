//! Takes an account's second factor off, for an owner who has lost it.

use chrono::{DateTime, Utc};
use contract::{SessionId, UserId};
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::{outbox::OutgoingMail, statements};

statements! {
    RESET_SECOND_FACTOR [Users] = "SELECT reset_second_factor($1, $2, instant($3))";
}

#[derive(Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
enum Reset {
    Done { ended_sessions: Vec<SessionId> },
    SecondFactorOff,
}

/// Takes it off and tells the owner; answers the sessions that ended lately, nothing where there was no second factor.
pub async fn reset_second_factor(
    db: &Db,
    id: UserId,
    mail: &OutgoingMail,
    now: DateTime<Utc>,
) -> Result<Option<Vec<SessionId>>, DbError> {
    let parameters = vec![id.into(), mail.into(), now.into()];
    Ok(match db.fetch_one(&RESET_SECOND_FACTOR, parameters).await? {
        Reset::Done { ended_sessions } => Some(ended_sessions),
        Reset::SecondFactorOff => None,
    })
}
