//! Second factors: what they are, signing in with one, and proving again who one is.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{FieldCode, FieldErrors, FieldRule, PasskeyAssertion, Password, Transport};

/// What proves, beyond the password, who somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SecondFactorMethod {
    /// A passkey (WebAuthn).
    Passkey,
    /// A code that an authenticator app shows (RFC 6238).
    Totp,
    /// One of the codes that were written down, each good once.
    RecoveryCode,
}

impl SecondFactorMethod {
    /// Every method.
    pub const ALL: [Self; 3] = [Self::Passkey, Self::Totp, Self::RecoveryCode];

    /// The method's name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
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
    /// To be sent back with the answer; good once, for five answers.
    #[cfg_attr(feature = "openapi", schema(example = "mtc_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G"))]
    pub challenge: String,
    /// What the account can answer with.
    pub methods: Vec<SecondFactorMethod>,
    /// Seconds until the challenge expires.
    #[cfg_attr(feature = "openapi", schema(example = 300))]
    pub expires_in: u32,
}

/// What somebody proves themselves with; a code is without spaces.
#[derive(Debug, Clone)]
pub enum SecondFactorAnswer {
    /// What a passkey has signed.
    Passkey(PasskeyAssertion),
    /// What an authenticator app shows.
    Totp(String),
    /// A recovery code.
    RecoveryCode(String),
}

impl SecondFactorAnswer {
    /// The most characters of a code: more than any has, written with spaces.
    const MAX: u32 = 40;

    fn parse(method: &str, code: &str, passkey: Option<&PasskeyAssertion>) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let method = errors.take("method", SecondFactorMethod::parse(method));
        let answer = match method {
            Some(SecondFactorMethod::Passkey) => {
                errors.take("passkey", PasskeyAssertion::parse(passkey)).map(Self::Passkey)
            }
            Some(SecondFactorMethod::RecoveryCode) => {
                errors.take("code", parse_code(code)).map(Self::RecoveryCode)
            }
            Some(SecondFactorMethod::Totp) | None => errors.take("code", parse_code(code)).map(Self::Totp),
        };
        answer.filter(|_| errors.is_empty()).ok_or(errors)
    }
}

/// Apps show codes with a space in the middle, and that is how they are typed.
fn parse_code(text: &str) -> Result<String, FieldRule> {
    let code: String = text.split_whitespace().collect();
    FieldRule::length(&code, 1, SecondFactorAnswer::MAX)?;
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
    /// `passkey`, `totp` or `recovery_code`.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "totp"))]
    #[serde(default)]
    pub method: String,
    /// The code, where it is one; spaces, hyphens and case don't count.
    #[cfg_attr(feature = "openapi", schema(example = "287082"))]
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// What the passkey has signed, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub passkey: Option<PasskeyAssertion>,
    /// How the tokens travel; cookies unless told.
    #[serde(default)]
    pub transport: Transport,
}

impl SecondFactorRequest {
    /// Parses the answer; the challenge is not a field: it is looked up, not read.
    pub fn parse(&self) -> Result<SecondFactorAnswer, FieldErrors> {
        SecondFactorAnswer::parse(&self.method, &self.code, self.passkey.as_ref())
    }
}

/// Body of `POST /api/core/v1/auth/step-up`: a second factor where one is on, the password otherwise.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepUpRequest {
    /// The account's password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "correct horse battery staple"))]
    pub password: Option<String>,
    /// `passkey`, `totp` or `recovery_code`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "totp"))]
    pub method: Option<String>,
    /// The code, where it is one; spaces, hyphens and case don't count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "287082"))]
    pub code: Option<String>,
    /// What the passkey has signed, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub passkey: Option<PasskeyAssertion>,
}

impl StepUpRequest {
    /// Parses the password, for an account without a second factor.
    pub fn parse_password(&self) -> Result<Password, FieldErrors> {
        let password = self.password.as_deref().unwrap_or_default();
        Password::parse_existing(password).map_err(|rule| FieldErrors::one("password", rule))
    }

    /// Parses the answer, for an account with one.
    pub fn parse_answer(&self) -> Result<SecondFactorAnswer, FieldErrors> {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        SecondFactorAnswer::parse(&text(&self.method), &text(&self.code), self.passkey.as_ref())
    }
}

/// Answer of `GET /api/core/v1/auth/mfa`: what is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactors {
    /// Since when an authenticator app is a second factor, where one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totp_since: Option<DateTime<Utc>>,
    /// How many passkeys there are.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true, example = 1))]
    pub passkeys: u32,
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
        assert!(matches!(request.parse_answer(), Ok(SecondFactorAnswer::Totp(code)) if code == "287082"));
    }

    #[test]
    fn an_answer_is_of_its_method() {
        let refused = |method: &str, code: &str| {
            let request =
                SecondFactorRequest { method: method.into(), code: code.into(), ..Default::default() };
            let errors = request.parse().err().unwrap_or_default();
            errors.into_vec().into_iter().map(|error| error.field).collect::<Vec<_>>()
        };
        assert_eq!(refused("passkey", "287082"), ["passkey"]);
        assert_eq!(refused("recovery_code", ""), ["code"]);
        assert_eq!(refused("sms", ""), ["method", "code"]);
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
