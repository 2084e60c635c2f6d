//! Accounts that people make themselves.

use serde::{Deserialize, Serialize};

use crate::{DisplayName, Email, FieldErrors, Password, Transport};

/// Answer of `GET /api/core/v1/auth/sign-up`: who may ask for an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignUpRules {
    /// Whether anybody may.
    pub open: bool,
    /// The domains that an address must be of; none where any will do.
    #[cfg_attr(feature = "openapi", schema(example = json!(["example.org"])))]
    pub domains: Vec<String>,
}

/// Body of `POST /api/core/v1/auth/sign-up`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignUpRequest {
    /// The address to sign in with.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "grace@example.org"))]
    #[serde(default)]
    pub email: String,
}

impl SignUpRequest {
    /// Parses the address.
    pub fn parse(&self) -> Result<Email, FieldErrors> {
        Email::parse(&self.email).map_err(|rule| FieldErrors::one("email", rule))
    }
}

/// Body of `POST /api/core/v1/auth/sign-up/complete`: the account, signed in at once.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CompleteSignUpRequest {
    /// The token of the link, of a sign-up or of an invitation.
    #[cfg_attr(
        feature = "openapi",
        schema(required = true, example = "mtl_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G")
    )]
    #[serde(default)]
    pub token: String,
    /// The name to be shown by, 1 to 100 characters.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "Grace Hopper"))]
    #[serde(default)]
    pub display_name: String,
    /// The password to sign in with, 12 to 256 characters.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "correct horse battery staple"))]
    #[serde(default)]
    pub password: String,
    /// How the tokens travel; cookies unless told.
    #[serde(default)]
    pub transport: Transport,
}

/// What a person chooses for a new account; its address is the link's.
#[derive(Debug, Clone)]
pub struct SignUp {
    /// The name to be shown by.
    pub display_name: DisplayName,
    /// The password to sign in with.
    pub password: Password,
}

impl CompleteSignUpRequest {
    /// Parses the fields; the token is not one of them: it is looked up, not read.
    pub fn parse(&self) -> Result<SignUp, FieldErrors> {
        let mut errors = FieldErrors::default();
        let display_name = errors.take("display_name", DisplayName::parse(&self.display_name));
        let password = errors.take("password", Password::parse(&self.password));
        match (display_name, password) {
            (Some(display_name), Some(password)) => Ok(SignUp { display_name, password }),
            _ => Err(errors),
        }
    }
}
