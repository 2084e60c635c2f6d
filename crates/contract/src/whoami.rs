//! Who a token speaks for.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{RoleName, SessionId, UserId};

/// Answer of `GET /api/service/v1/whoami`: read from the access token alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WhoAmI {
    /// The `sub` claim.
    pub user_id: UserId,
    /// The `sid` claim.
    pub session_id: SessionId,
    /// The `roles` claim, sorted.
    pub roles: Vec<RoleName>,
    /// The `exp` claim.
    pub expires_at: DateTime<Utc>,
}
