//! Mails, as an administrator sees them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Email, names::names};

names! {
    /// How far a mail has come.
    MailState {
        /// It waits for its first attempt, or for the next.
        Queued = "queued",
        /// An attempt is under way.
        Sending = "sending",
        /// The relay or the mail API has taken it.
        Sent = "sent",
        /// It was refused for good, or tried too often.
        Failed = "failed",
    }
}

/// A mail of the outbox, but for what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboxMail {
    /// Its id.
    pub id: Uuid,
    /// The occasion.
    #[cfg_attr(feature = "openapi", schema(example = "password_reset"))]
    pub kind: String,
    /// To whom.
    pub recipient: Email,
    /// One line.
    #[cfg_attr(feature = "openapi", schema(example = "Choose a new password"))]
    pub subject: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// How far it has come.
    pub state: MailState,
    /// How often it was tried to send it.
    pub attempts: u32,
    /// When it is tried next, where it is queued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// Why the last attempt failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "550 no such mailbox"))]
    pub last_error: Option<String>,
    /// When it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<DateTime<Utc>>,
}

/// Answer of `GET /api/core/v1/admin/mails/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenedMail {
    /// As the list shows it.
    #[serde(flatten)]
    pub mail: OutboxMail,
    /// What it says, as plain text. Cleared when the mail is sent: the links in it are keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Hello Ada, ..."))]
    pub text: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldCode;

    #[test]
    fn states_are_read_as_they_are_written() {
        for &state in MailState::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
            assert_eq!(MailState::parse(state.as_str()), Ok(state));
        }
        assert_eq!(MailState::parse("lost").unwrap_err().code, FieldCode::UnknownValue);
    }
}
