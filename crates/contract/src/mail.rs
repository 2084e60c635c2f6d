//! Mails, as an administrator sees them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Email, FieldCode, FieldRule};

/// How far a mail has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum MailState {
    /// It waits for its first attempt, or for the next.
    Queued,
    /// An attempt is under way.
    Sending,
    /// The relay or the mail API has taken it.
    Sent,
    /// It was refused for good, or tried too often.
    Failed,
}

impl MailState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Queued, Self::Sending, Self::Sent, Self::Failed];

    /// The state's name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// Parses a state's name.
    pub fn parse(name: &str) -> Result<Self, FieldRule> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == name)
            .ok_or(FieldRule::new(FieldCode::UnknownValue))
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

    #[test]
    fn states_are_read_as_they_are_written() {
        for state in MailState::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
            assert_eq!(MailState::parse(state.as_str()), Ok(state));
        }
        assert_eq!(MailState::parse("lost").unwrap_err().code, FieldCode::UnknownValue);
    }
}
