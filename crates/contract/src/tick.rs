//! What is done when the time has come for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a tick has done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tick {
    /// The mails that were due.
    pub mails: SentMails,
    /// How many expired rows of each table were deleted, and how many keys of the key-value store.
    pub deleted: BTreeMap<String, u64>,
}

/// How the attempts to send mails ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SentMails {
    /// Taken by the relay or the mail API.
    pub sent: u32,
    /// Not taken now: they are tried again.
    pub deferred: u32,
    /// Refused for good, tried too often, or not sent in time.
    pub failed: u32,
}
