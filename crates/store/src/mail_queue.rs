//! Mails on their way out.

use chrono::{DateTime, Utc};
use contract::Email;
use platform::db::{Db, DbError};
use serde::Deserialize;
use uuid::Uuid;

use crate::statements;

statements! {
    FAIL_OVERDUE [Worker] = "SELECT to_jsonb(id) FROM fail_overdue_mails(instant($1), $2) AS id";
    CLAIM [Worker] = "SELECT claim_mails(instant($1), instant($2), $3, 1)";
    FINISH [Worker] = "SELECT to_jsonb(finish_mail($1, $2, $3, instant($4), instant($5)))";
}

/// A mail to be sent now, by whoever has claimed it.
#[derive(Debug, Deserialize)]
pub struct ClaimedMail {
    /// Its id.
    pub id: Uuid,
    /// Which attempt it is, counted from one.
    pub attempt: i32,
    /// To whom.
    pub recipient: Email,
    /// One line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as an HTML document.
    pub html: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken.
    Sent,
    /// It was not, for that reason, and is tried again then.
    Deferred(String, DateTime<Utc>),
    /// It was not, for that reason, and never will be.
    Failed(String),
}

/// Fails the mails that were due for a day, when nothing sent them, and those whose last attempt was lost; answers
/// which.
pub async fn fail_overdue(db: &Db, now: DateTime<Utc>, most_attempts: i32) -> Result<Vec<Uuid>, DbError> {
    db.fetch_all(&FAIL_OVERDUE, vec![now.into(), most_attempts.into()]).await
}

/// Takes the mail that is due for the longest; until `lease_ends` no other worker gets it.
pub async fn claim(
    db: &Db,
    now: DateTime<Utc>,
    lease_ends: DateTime<Utc>,
    most_attempts: i32,
) -> Result<Option<ClaimedMail>, DbError> {
    let parameters = vec![now.into(), lease_ends.into(), most_attempts.into()];
    db.fetch_optional(&CLAIM, parameters).await
}

/// Writes down how an attempt ended; answers whether it still counted, which it doesn't when its lease is over.
pub async fn finish(
    db: &Db,
    mail: &ClaimedMail,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let (error, next) = match outcome {
        Outcome::Sent => (None, None),
        Outcome::Deferred(error, next) => (Some(error), Some(next)),
        Outcome::Failed(error) => (Some(error), None),
    };
    let parameters = vec![mail.id.into(), mail.attempt.into(), error.into(), next.into(), now.into()];
    db.fetch_one(&FINISH, parameters).await
}
