//! What an access token says.

use chrono::{DateTime, TimeDelta, Utc, serde::ts_seconds};
use contract::{RoleName, SessionId, UserId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How long an access token is good for.
pub const ACCESS_TOKEN_LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// The `typ` header of an access token (RFC 9068 §2.1): no other JWT can pass for one.
pub(crate) const MEDIA_TYPE: &str = "at+jwt";

/// The claims of an access token (RFC 7519 §4.1, RFC 9068 §2.2). A signed token has whole
/// seconds: what is below is cut off.
///
/// `client_id` is absent until there are clients to be told apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// `iss`: the URL that signed it.
    #[serde(rename = "iss")]
    pub issuer: String,
    /// `aud`: who may accept it.
    #[serde(rename = "aud")]
    pub audience: String,
    /// `sub`: the account.
    #[serde(rename = "sub")]
    pub user_id: UserId,
    /// `sid`: the session, by which it can be ended before it expires.
    #[serde(rename = "sid")]
    pub session_id: SessionId,
    /// `roles`, sorted.
    pub roles: Vec<RoleName>,
    /// `iat`.
    #[serde(rename = "iat", with = "ts_seconds")]
    pub issued_at: DateTime<Utc>,
    /// `exp`: from then on it is refused; [`ACCESS_TOKEN_LIFETIME`] after `issued_at`.
    #[serde(rename = "exp", with = "ts_seconds")]
    pub expires_at: DateTime<Utc>,
    /// `jti`: no two tokens have the same.
    #[serde(rename = "jti")]
    pub token_id: Uuid,
}
