//! Who a token or an API key speaks for.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{ApiKeyId, ClientId, Permission, RoleName, SessionId, UserId};

/// Answer of `GET /api/service/v1/whoami`: read from the access token alone, or asked of `login` for an API key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WhoAmI {
    /// The `sub` claim, or the key's owner; an application in its own name has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<UserId>,
    /// The application, where it calls in its own name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
    /// The `sid` claim; an API key has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_id: Option<SessionId>,
    /// The API key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_key_id: Option<ApiKeyId>,
    /// The `roles` claim, sorted; empty for an API key or an application, which act by their scopes and not by roles.
    pub roles: Vec<RoleName>,
    /// The API key's scopes that its owner holds, or the application's, sorted; a person's token has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<Permission>>,
    /// The `exp` claim, or when the key expires.
    pub expires_at: DateTime<Utc>,
}
