//! Signing in and out.

use serde::{Deserialize, Serialize};

use crate::{DisplayName, Email, FieldErrors, Password};

/// How the tokens travel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// In `HttpOnly` cookies, for browsers: no script ever sees a token.
    #[default]
    Cookie,
    /// In the response body, for API clients.
    Bearer,
}

/// Body of `POST /api/core/v1/auth/login`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoginRequest {
    /// The account's e-mail address, in any case.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "ada@example.org"))]
    #[serde(default)]
    pub email: String,
    /// The account's password.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "correct horse battery staple"))]
    #[serde(default)]
    pub password: String,
    /// How the tokens travel; cookies unless told.
    #[serde(default)]
    pub transport: Transport,
}

/// What a person claims to know.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// Whose account.
    pub email: Email,
    /// Its password, perhaps.
    pub password: Password,
}

impl LoginRequest {
    /// Parses the fields.
    pub fn parse(&self) -> Result<Credentials, FieldErrors> {
        let mut errors = FieldErrors::default();
        let email = errors.take("email", Email::parse(&self.email));
        let password = errors.take("password", Password::parse_existing(&self.password));
        match (email, password) {
            (Some(email), Some(password)) => Ok(Credentials { email, password }),
            _ => Err(errors),
        }
    }
}

/// Body of `POST /api/core/v1/auth/setup`: the first administrator, signed in at once.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetupRequest {
    /// The token of the set-up link.
    #[cfg_attr(
        feature = "openapi",
        schema(required = true, example = "mts_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G")
    )]
    #[serde(default)]
    pub token: String,
    /// The administrator's e-mail address.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "ada@example.org"))]
    #[serde(default)]
    pub email: String,
    /// The administrator's name.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "Ada Lovelace"))]
    #[serde(default)]
    pub display_name: String,
    /// The administrator's password, 12 to 256 characters and not easy to guess.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "correct horse battery staple"))]
    #[serde(default)]
    pub password: String,
    /// How the tokens travel; cookies unless told.
    #[serde(default)]
    pub transport: Transport,
}

/// The first administrator.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The e-mail address to sign in with.
    pub email: Email,
    /// The name to be shown by.
    pub display_name: DisplayName,
    /// The password to sign in with.
    pub password: Password,
}

impl SetupRequest {
    /// Parses the fields; the token is not one of them: it is looked up, not read.
    pub fn parse(&self) -> Result<Setup, FieldErrors> {
        let mut errors = FieldErrors::default();
        let email = errors.take("email", Email::parse(&self.email));
        let display_name = errors.take("display_name", DisplayName::parse(&self.display_name));
        let password = errors.take("password", Password::parse(&self.password));
        match (email, display_name, password) {
            (Some(email), Some(display_name), Some(password)) => Ok(Setup { email, display_name, password }),
            _ => Err(errors),
        }
    }
}

/// Body of `POST /api/core/v1/auth/refresh` and `.../logout`; browsers send `{}` and their cookie.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefreshRequest {
    /// The refresh token, of a client that asked for `bearer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "mtr_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G"))]
    pub refresh_token: Option<String>,
}

/// Answer to a sign-in or a refresh. The tokens are here for `bearer`, in cookies otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenGrant {
    /// Seconds until the access token expires.
    #[cfg_attr(feature = "openapi", schema(example = 600))]
    pub expires_in: u32,
    /// `Bearer`, where the tokens are here (RFC 6749 §5.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_type: Option<String>,
    /// The JWT to send as `Authorization: Bearer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_token: Option<String>,
    /// Good for one refresh: the answer to it has the next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
}
