//! What applications' servers are answered, in the forms of the standards.

use serde::{Deserialize, Serialize};

use crate::{ClientId, DisplayName, Email, Locale};

/// Answer of `POST /api/core/v1/auth/oauth2/token` (RFC 6749 §5.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenResponse {
    /// A JWT (RFC 9068).
    pub access_token: String,
    /// `Bearer`.
    #[cfg_attr(feature = "openapi", schema(example = "Bearer"))]
    pub token_type: String,
    /// Seconds until the access token expires.
    #[cfg_attr(feature = "openapi", schema(example = 600))]
    pub expires_in: u32,
    /// What was allowed, separated by spaces.
    #[cfg_attr(feature = "openapi", schema(example = "openid profile"))]
    pub scope: String,
    /// Good for one refresh: the answer to it has the next. With `offline_access`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "mto_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G"))]
    pub refresh_token: Option<String>,
    /// Who has signed in (`OpenID` Connect Core 1.0 §2). With `openid`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_token: Option<String>,
}

/// Why a request of an application is refused (RFC 6749 §5.2, RFC 6750 §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OAuthErrorCode {
    /// A parameter is missing, there twice, or not of its form.
    InvalidRequest,
    /// Unknown, disabled, or without a right secret.
    InvalidClient,
    /// The code or refresh token is unknown, spent, expired, of another client, or was taken back.
    InvalidGrant,
    /// The client may not do it this way.
    UnauthorizedClient,
    /// No such way.
    UnsupportedGrantType,
    /// More is asked for than the client may have.
    InvalidScope,
    /// The access token is no good, or no more.
    InvalidToken,
    /// The access token was not allowed this.
    InsufficientScope,
    /// Such a token ends by itself only (RFC 7009 §2.2.1).
    UnsupportedTokenType,
    /// Too many requests: `Retry-After` says how many seconds to wait.
    TemporarilyUnavailable,
}

/// A refusal in OAuth's own form (RFC 6749 §5.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OAuthError {
    /// The stable code to branch on.
    pub error: OAuthErrorCode,
    /// More, for the application's developer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "redirect_uri is missing"))]
    pub error_description: Option<String>,
}

/// Answer of `GET /api/core/v1/auth/oauth2/userinfo` (`OpenID` Connect Core 1.0 §5.3.2); the ID token says the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserInfo {
    /// The account.
    #[cfg_attr(feature = "openapi", schema(example = "0199b2f0-5a3e-7cc1-8d2b-1c0ffee00002"))]
    pub sub: String,
    /// The name to be shown by. With `profile`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<DisplayName>,
    /// The language, where one was chosen. With `profile`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// When the account was last changed, in seconds since 1970. With `profile`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = 1_790_000_000))]
    pub updated_at: Option<i64>,
    /// The address. With `email`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// Whether its owner has proven to read it. With `email`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email_verified: Option<bool>,
}

/// Answer of `POST /api/core/v1/auth/oauth2/introspect` (RFC 7662 §2.2): all but `active` only for a token that is good.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Introspection {
    /// Whether it is a token of the asking client's, and good now.
    pub active: bool,
    /// What was allowed, separated by spaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "openid profile"))]
    pub scope: Option<String>,
    /// Whose client's it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
    /// `Bearer`, of an access token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Bearer"))]
    pub token_type: Option<String>,
    /// Until when it is good, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = 1_790_000_600))]
    pub exp: Option<i64>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = 1_790_000_000))]
    pub iat: Option<i64>,
    /// Whose account, or of a client's own token the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "0199b2f0-5a3e-7cc1-8d2b-1c0ffee00002"))]
    pub sub: Option<String>,
    /// Who may accept it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "0199b2f0-5a3e-7cc1-8d2b-1c0ffee00001"))]
    pub aud: Option<String>,
    /// Who signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "https://example.org"))]
    pub iss: Option<String>,
}
