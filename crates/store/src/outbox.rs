//! Mails to be sent.

use chrono::{DateTime, Utc};
use contract::{Email, OutboxMail, UserId};
use platform::db::{Db, DbError, Parameter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::statements;

/// A mail on its way into the outbox, by the statement that does what it tells of.
#[derive(Debug, Serialize)]
pub struct OutgoingMail {
    /// Its id, new.
    pub id: Uuid,
    /// The account that it is to, and goes with.
    pub user_id: Option<UserId>,
    /// The occasion.
    pub kind: &'static str,
    /// To whom.
    pub recipient: Email,
    /// One line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as an HTML document.
    pub html: String,
}

impl From<&OutgoingMail> for Parameter {
    fn from(mail: &OutgoingMail) -> Self {
        Self::json(mail)
    }
}

statements! {
    // Ids are in the order of writing.
    LIST [Admin] = "
        SELECT mail_document(mails) FROM mails
        WHERE ($1::text IS NULL OR recipient = $1) AND ($2::uuid IS NULL OR id < $2)
        ORDER BY id DESC LIMIT $3";
    RETRY [Admin] = "SELECT retry_mail($1, instant($2))";
}

/// Mails, the newest first: those to an address, where one is named, and written before that one.
pub async fn list(
    db: &Db,
    recipient: Option<&Email>,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<OutboxMail>, DbError> {
    db.fetch_all(&LIST, vec![recipient.into(), before.into(), limit.into()]).await
}

/// What came of queueing a mail again.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Retry {
    /// It is queued.
    Done {
        /// As it is now.
        mail: OutboxMail,
    },
    /// It is on its way, or was sent.
    NotFailed,
    /// There is none.
    NotFound,
}

/// Queues a failed mail again, to be sent at once.
pub async fn retry(db: &Db, id: Uuid, now: DateTime<Utc>) -> Result<Retry, DbError> {
    db.fetch_one(&RETRY, vec![id.into(), now.into()]).await
}
