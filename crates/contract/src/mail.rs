//! Mails, as an administrator sees them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Email;

/// A mail of the outbox.
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
    /// What it says, as plain text.
    #[cfg_attr(feature = "openapi", schema(example = "Hello Ada, ..."))]
    pub text: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}
