//! Other addresses, and the proof of an address.

use serde::{Deserialize, Serialize};

use crate::{Email, FieldErrors, Password};

/// Body of `POST /api/core/v1/auth/email/change`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeEmailRequest {
    /// The address to sign in with, once it is confirmed.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "ada.king@example.org"))]
    #[serde(default)]
    pub new_email: String,
    /// The account's password.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "correct horse battery staple"))]
    #[serde(default)]
    pub current_password: String,
}

/// Another address, and who wants it.
#[derive(Debug, Clone)]
pub struct EmailChange {
    /// The address to sign in with.
    pub new_email: Email,
    /// The account's password, perhaps.
    pub current_password: Password,
}

impl ChangeEmailRequest {
    /// Parses the fields.
    pub fn parse(&self) -> Result<EmailChange, FieldErrors> {
        let mut errors = FieldErrors::default();
        let new_email = errors.take("new_email", Email::parse(&self.new_email));
        let current = errors.take("current_password", Password::parse_existing(&self.current_password));
        match (new_email, current) {
            (Some(new_email), Some(current_password)) => Ok(EmailChange { new_email, current_password }),
            _ => Err(errors),
        }
    }
}

/// Body of `POST /api/core/v1/auth/email/confirm`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfirmEmailRequest {
    /// The token of the link.
    #[cfg_attr(
        feature = "openapi",
        schema(required = true, example = "mtl_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G")
    )]
    #[serde(default)]
    pub token: String,
}
