//! Second factors: what they are, signing in with one, and proving again who one is.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{FieldCode, FieldErrors, FieldRule, Password, Transport};

/// What proves, beyond the password, who somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SecondFactorMethod {
    /// A code that an authenticator app shows (RFC 6238).
    Totp,
    /// One of the codes that were written down, each good once.
    RecoveryCode,
}

impl SecondFactorMethod {
    /// Every method.
    pub const ALL: [Self; 2] = [Self::Totp, Self::RecoveryCode];

    /// The method's name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::RecoveryCode => "recovery_code",
        }
    }

    /// Parses a method's name.
    pub fn parse(name: &str) -> Result<Self, FieldRule> {
        FieldRule::length(name, 1, u32::MAX)?;
        Self::ALL
            .into_iter()
            .find(|method| method.as_str() == name)
            .ok_or(FieldRule::new(FieldCode::UnknownValue))
    }
}

/// Whether the account of [`Me`](crate::Me) has a second factor, and whether it must.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorStatus {
    /// Whether one is on.
    pub enabled: bool,
    /// Whether a role of the account demands one. Until it is on, little else is answered than this.
    pub required: bool,
}

impl SecondFactorStatus {
    /// Whether one is demanded and isn't there.
    pub const fn is_missing(self) -> bool {
        self.required && !self.enabled
    }
}

/// Answer to a sign-in whose password is right, where a second factor is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorChallenge {
    /// To be sent back with the code; good once, for five codes.
    #[cfg_attr(feature = "openapi", schema(example = "mtc_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G"))]
    pub challenge: String,
    /// What the account can answer with.
    pub methods: Vec<SecondFactorMethod>,
    /// Seconds until the challenge expires.
    #[cfg_attr(feature = "openapi", schema(example = 300))]
    pub expires_in: u32,
}

/// A code and what it is.
#[derive(Debug, Clone)]
pub struct SecondFactorCode {
    /// What it is.
    pub method: SecondFactorMethod,
    /// The code, without space around it.
    pub code: String,
}

impl SecondFactorCode {
    /// The most characters: more than any code has, written with spaces.
    const MAX: u32 = 40;

    fn parse(method: &str, code: &str) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let method = errors.take("method", SecondFactorMethod::parse(method));
        let code = errors.take("code", parse_code(code));
        match (method, code) {
            (Some(method), Some(code)) => Ok(Self { method, code }),
            _ => Err(errors),
        }
    }
}

/// Apps show codes with a space in the middle, and that is how they are typed.
fn parse_code(text: &str) -> Result<String, FieldRule> {
    let code: String = text.split_whitespace().collect();
    FieldRule::length(&code, 1, SecondFactorCode::MAX)?;
    Ok(code)
}

/// Body of `POST /api/core/v1/auth/login/second-factor`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorRequest {
    /// The challenge of the sign-in.
    #[cfg_attr(
        feature = "openapi",
        schema(required = true, example = "mtc_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G")
    )]
    #[serde(default)]
    pub challenge: String,
    /// `totp` or `recovery_code`.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "totp"))]
    #[serde(default)]
    pub method: String,
    /// The code; spaces, hyphens and case don't count.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "287082"))]
    #[serde(default)]
    pub code: String,
    /// How the tokens travel; cookies unless told.
    #[serde(default)]
    pub transport: Transport,
}

impl SecondFactorRequest {
    /// Parses the code; the challenge is not a field: it is looked up, not read.
    pub fn parse(&self) -> Result<SecondFactorCode, FieldErrors> {
        SecondFactorCode::parse(&self.method, &self.code)
    }
}

/// Body of `POST /api/core/v1/auth/step-up`: a code where a second factor is on, the password otherwise.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepUpRequest {
    /// The account's password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "correct horse battery staple"))]
    pub password: Option<String>,
    /// `totp` or `recovery_code`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "totp"))]
    pub method: Option<String>,
    /// The code; spaces, hyphens and case don't count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "287082"))]
    pub code: Option<String>,
}

impl StepUpRequest {
    /// Parses the password, for an account without a second factor.
    pub fn parse_password(&self) -> Result<Password, FieldErrors> {
        let password = self.password.as_deref().unwrap_or_default();
        Password::parse_existing(password).map_err(|rule| FieldErrors::one("password", rule))
    }

    /// Parses the code, for an account with one.
    pub fn parse_code(&self) -> Result<SecondFactorCode, FieldErrors> {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        SecondFactorCode::parse(&text(&self.method), &text(&self.code))
    }
}

/// Answer of `GET /api/core/v1/auth/mfa`: what is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactors {
    /// Since when an authenticator app is a second factor, where one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totp_since: Option<DateTime<Utc>>,
    /// How many recovery codes have not been used.
    #[cfg_attr(feature = "openapi", schema(example = 10))]
    pub recovery_codes_left: u32,
}

/// Answer of `POST /api/core/v1/auth/mfa/totp`: what an authenticator app is to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TotpEnrolment {
    /// The secret in base32, to be typed.
    #[cfg_attr(feature = "openapi", schema(example = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))]
    pub secret: String,
    /// The same for a link, with the account's name.
    #[cfg_attr(
        feature = "openapi",
        schema(
            example = "otpauth://totp/Matrice:ada%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Matrice"
        )
    )]
    pub uri: String,
    /// The URI as a QR code: an SVG document.
    #[cfg_attr(feature = "openapi", schema(example = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"))]
    pub qr_code: String,
}

/// Body of `POST /api/core/v1/auth/mfa/totp/confirm`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfirmTotpRequest {
    /// What the app shows now.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "287082"))]
    #[serde(default)]
    pub code: String,
}

impl ConfirmTotpRequest {
    /// Parses the code.
    pub fn parse(&self) -> Result<String, FieldErrors> {
        parse_code(&self.code).map_err(|rule| FieldErrors::one("code", rule))
    }
}

/// Recovery codes, to be written down: they are shown this once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// Ten, each good once.
    #[cfg_attr(feature = "openapi", schema(example = json!(["7k3m-q9xt-2vbn-5hcd-w8rj-4pzs"])))]
    pub recovery_codes: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_taken_as_apps_show_them() {
        let request = StepUpRequest {
            method: Some("totp".into()),
            code: Some(" 287 082 ".into()),
            ..StepUpRequest::default()
        };
        let parsed = request.parse_code().unwrap();
        assert_eq!((parsed.method, parsed.code.as_str()), (SecondFactorMethod::Totp, "287082"));
    }

    #[test]
    fn names_on_the_wire_are_parsed() {
        for method in SecondFactorMethod::ALL {
            assert_eq!(serde_json::to_value(method).unwrap(), method.as_str());
            assert_eq!(SecondFactorMethod::parse(method.as_str()), Ok(method));
        }
        assert_eq!(SecondFactorMethod::parse("sms").unwrap_err().code, FieldCode::UnknownValue);
        assert_eq!(SecondFactorMethod::parse("").unwrap_err().code, FieldCode::Required);
    }
}
