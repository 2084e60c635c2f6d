//! Mails to be sent.

use chrono::{DateTime, Utc};
use contract::{Email, MailState, OpenedMail, OutboxMail, Permission, UserId};
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
        WHERE ($1::text IS NULL OR recipient = $1) AND ($2::text IS NULL OR state = $2)
            AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC LIMIT $4";
    GET [Admin] = "
        SELECT jsonb_build_object('mail', mail_document(mails) || jsonb_build_object('text', text_body),
            'permissions', mail_permissions(recipient, user_id))
        FROM mails WHERE id = $1";
    RETRY [Admin] = "SELECT retry_mail($1, instant($2))";
}

/// Which mails.
#[derive(Debug, Default)]
pub struct Filter {
    /// To that address.
    pub recipient: Option<Email>,
    /// That have come so far.
    pub state: Option<MailState>,
}

/// Mails, the newest first, written before that one.
pub async fn list(
    db: &Db,
    filter: &Filter,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<OutboxMail>, DbError> {
    let parameters = vec![filter.recipient.as_ref().into(), filter.state.into(), before.into(), limit.into()];
    db.fetch_all(&LIST, parameters).await
}

/// A mail with its text, and what it is worth.
#[derive(Debug, Deserialize)]
pub struct Letter {
    /// The mail.
    pub mail: OpenedMail,
    /// What the accounts of its recipient may do, and whoever accepts an invitation that it carries.
    pub permissions: Vec<Permission>,
}

/// The mail with that id.
pub async fn get(db: &Db, id: Uuid) -> Result<Option<Letter>, DbError> {
    db.fetch_optional(&GET, vec![id.into()]).await
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
    /// The link in it does nothing any more.
    LinkOver,
    /// There is none.
    NotFound,
}

/// Queues a failed mail again, to be sent at once.
pub async fn retry(db: &Db, id: Uuid, now: DateTime<Utc>) -> Result<Retry, DbError> {
    db.fetch_one(&RETRY, vec![id.into(), now.into()]).await
}
