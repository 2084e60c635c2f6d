//! Forgotten and changed passwords.

use serde::{Deserialize, Serialize};

use crate::{Email, FieldErrors, Password};

/// Body of `POST /api/core/v1/auth/password/forgot`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ForgotPasswordRequest {
    /// The account's e-mail address, in any case.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "ada@example.org"))]
    #[serde(default)]
    pub email: String,
}

impl ForgotPasswordRequest {
    /// Parses the address.
    pub fn parse(&self) -> Result<Email, FieldErrors> {
        Email::parse(&self.email).map_err(|rule| FieldErrors::one("email", rule))
    }
}

/// Body of `POST /api/core/v1/auth/password/reset`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResetPasswordRequest {
    /// The token of the link.
    #[cfg_attr(
        feature = "openapi",
        schema(required = true, example = "mtl_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G")
    )]
    #[serde(default)]
    pub token: String,
    /// The new password, 12 to 256 characters and not easy to guess.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "correct horse battery staple"))]
    #[serde(default)]
    pub password: String,
}

impl ResetPasswordRequest {
    /// Parses the password; the token is not a field: it is looked up, not read.
    pub fn parse(&self) -> Result<Password, FieldErrors> {
        Password::parse(&self.password).map_err(|rule| FieldErrors::one("password", rule))
    }
}

/// Body of `POST /api/core/v1/auth/password/change`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePasswordRequest {
    /// The password until now.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "correct horse battery staple"))]
    #[serde(default)]
    pub current_password: String,
    /// The password from now on, 12 to 256 characters and not easy to guess.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "a better battery staple"))]
    #[serde(default)]
    pub new_password: String,
}

/// A password and its successor.
#[derive(Debug, Clone)]
pub struct PasswordChange {
    /// The password until now, perhaps.
    pub current: Password,
    /// The password from now on.
    pub new: Password,
}

impl ChangePasswordRequest {
    /// Parses the fields.
    pub fn parse(&self) -> Result<PasswordChange, FieldErrors> {
        let mut errors = FieldErrors::default();
        let current = errors.take("current_password", Password::parse_existing(&self.current_password));
        let new = errors.take("new_password", Password::parse(&self.new_password));
        match (current, new) {
            (Some(current), Some(new)) => Ok(PasswordChange { current, new }),
            _ => Err(errors),
        }
    }
}
