//! Where an account is signed in.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::SessionId;

/// A session that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whether it is the one of this request.
    pub current: bool,
    /// The browser and its system, as far as its `User-Agent` tells.
    #[cfg_attr(feature = "openapi", schema(example = "Firefox on Linux"))]
    pub device: String,
    /// The network address that it was last used from.
    #[cfg_attr(feature = "openapi", schema(example = "192.0.2.7"))]
    pub address: String,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When its access was last renewed.
    pub last_used_at: DateTime<Utc>,
    /// When it ends unless its access is renewed before; 30 days after it began at the latest.
    pub expires_at: DateTime<Utc>,
}
