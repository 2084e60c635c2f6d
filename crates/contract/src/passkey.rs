//! Passkeys: keys that a person's devices keep, and that sign in by themselves or as a second factor (WebAuthn Level 3).
//!
//! What browsers take and give is passed on as they have it: `PublicKeyCredential.parseCreationOptionsFromJSON()` and
//! `parseRequestOptionsFromJSON()` read the options, `toJSON()` writes the credential.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{FieldCode, FieldErrors, FieldRule, PasskeyId, Transport, field::line};

/// What its owner calls a passkey: one to 100 characters, trimmed, without control characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(example = "My phone"))]
#[serde(transparent)]
pub struct PasskeyName(String);

impl PasskeyName {
    /// The most characters.
    pub const MAX: u32 = 100;

    /// Parses what a person typed.
    pub fn parse(text: &str) -> Result<Self, FieldRule> {
        line(text, Self::MAX).map(Self)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PasskeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a browser reaches what keeps a passkey (WebAuthn Level 3 §5.8.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PasskeyTransport {
    /// Bluetooth.
    Ble,
    /// A phone beside the computer.
    Hybrid,
    /// The device itself.
    Internal,
    /// Near-field communication.
    Nfc,
    /// A smart card.
    SmartCard,
    /// A security key in a USB port.
    Usb,
}

/// A passkey of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Passkey {
    /// Its id.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: PasskeyName,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it last signed in or proved who its owner is; absent where it never did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<DateTime<Utc>>,
    /// Whether there is a copy beyond the device, as of its last use.
    pub backed_up: bool,
    /// How it is reached, as far as the browser told.
    pub transports: Vec<PasskeyTransport>,
}

impl Passkey {
    /// The most passkeys of an account.
    pub const MOST: u32 = 20;
}

/// What a browser is to be asked, and what its answer is to be sent back with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyCeremony {
    /// To be sent back with the browser's answer; good once.
    #[cfg_attr(feature = "openapi", schema(example = "mtp_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G"))]
    pub ceremony: String,
    /// `PublicKeyCredentialCreationOptionsJSON` for a new passkey, otherwise `PublicKeyCredentialRequestOptionsJSON`
    /// (WebAuthn Level 3 §5.4 and §5.5).
    #[cfg_attr(feature = "openapi", schema(schema_with = schemas::options))]
    pub options: Value,
    /// Seconds until the ceremony expires.
    #[cfg_attr(feature = "openapi", schema(example = 300))]
    pub expires_in: u32,
}

/// Body of `POST /api/core/v1/auth/passkeys`: a new passkey.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterPasskey {
    /// The ceremony of `.../passkeys/registration`.
    #[cfg_attr(
        feature = "openapi",
        schema(required = true, example = "mtp_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G")
    )]
    #[serde(default)]
    pub ceremony: String,
    /// What to call it, 1 to 100 characters.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "My phone"))]
    #[serde(default)]
    pub name: String,
    /// The browser's `RegistrationResponseJSON` (WebAuthn Level 3 §5.1).
    #[cfg_attr(feature = "openapi", schema(required = true, schema_with = schemas::registration))]
    #[serde(default)]
    pub credential: Value,
}

impl RegisterPasskey {
    /// Parses the name; ceremony and credential are not typed by anybody.
    pub fn parse(&self) -> Result<PasskeyName, FieldErrors> {
        PasskeyName::parse(&self.name).map_err(|rule| FieldErrors::one("name", rule))
    }
}

/// Answer of `POST /api/core/v1/auth/passkeys`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisteredPasskey {
    /// The new passkey.
    pub passkey: Passkey,
    /// Ten recovery codes, where it is the account's first second factor: they are shown this once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(example = json!(["7k3m-q9xt-2vbn-5hcd-w8rj-4pzs"])))]
    pub recovery_codes: Vec<String>,
}

/// Body of `PATCH /api/core/v1/auth/passkeys/{id}`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RenamePasskey {
    /// What to call it, 1 to 100 characters.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "My old phone"))]
    #[serde(default)]
    pub name: String,
}

impl RenamePasskey {
    /// Parses the name.
    pub fn parse(&self) -> Result<PasskeyName, FieldErrors> {
        PasskeyName::parse(&self.name).map_err(|rule| FieldErrors::one("name", rule))
    }
}

/// A browser's answer to the options of a ceremony: what a passkey has signed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({ "ceremony": "mtp_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G", "credential": { "id": "AAii3V6s" } }))
)]
pub struct PasskeyAssertion {
    /// The ceremony that the options came with.
    #[cfg_attr(
        feature = "openapi",
        schema(required = true, example = "mtp_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G")
    )]
    #[serde(default)]
    pub ceremony: String,
    /// The browser's `AuthenticationResponseJSON` (WebAuthn Level 3 §5.1).
    #[cfg_attr(feature = "openapi", schema(required = true, schema_with = schemas::assertion))]
    #[serde(default)]
    pub credential: Value,
}

impl PasskeyAssertion {
    /// Where a request has one: it must, if it says that a passkey answers.
    pub(crate) fn parse(given: Option<&Self>) -> Result<Self, FieldRule> {
        given.cloned().ok_or(FieldRule::new(FieldCode::Required))
    }
}

/// Body of `POST /api/core/v1/auth/passkeys/sign-in`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeySignInRequest {
    /// The answer to the ceremony of `.../passkeys/authentication`.
    #[serde(flatten)]
    pub assertion: PasskeyAssertion,
    /// How the tokens travel; cookies unless told.
    #[serde(default)]
    pub transport: Transport,
}

/// Body of `POST /api/core/v1/auth/login/second-factor/passkey`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyChallengeRequest {
    /// The challenge of the sign-in.
    #[cfg_attr(
        feature = "openapi",
        schema(required = true, example = "mtc_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G")
    )]
    #[serde(default)]
    pub challenge: String,
}

/// What browsers take and give, with an example: a schema that is derived has none for an object.
#[cfg(feature = "openapi")]
mod schemas {
    use serde_json::{Value, json};
    use utoipa::openapi::{Object, ObjectBuilder};

    const ID: &str = "AAii3V6sGoaozW7TbNaYlJaJ5br8TrBfRXQ";

    pub fn options() -> Object {
        object(
            "`PublicKeyCredentialCreationOptionsJSON` for a new passkey, otherwise \
             `PublicKeyCredentialRequestOptionsJSON` (WebAuthn Level 3 §5.4 and §5.5).",
            json!({ "challenge": "ufT4qo3VTWRcKAr4DDUoXw", "rpId": "app.example.org" }),
        )
    }

    pub fn registration() -> Object {
        object(
            "The browser's `RegistrationResponseJSON` (WebAuthn Level 3 §5.1).",
            credential(&json!({ "clientDataJSON": "eyJ0eXBlIjo...", "attestationObject": "o2NmbXRk..." })),
        )
    }

    pub fn assertion() -> Object {
        object(
            "The browser's `AuthenticationResponseJSON` (WebAuthn Level 3 §5.1).",
            credential(&json!({
                "clientDataJSON": "eyJ0eXBlIjo...", "authenticatorData": "SZYN5YgO...",
                "signature": "MEYCIQCv...", "userHandle": "IJE2x9mm...",
            })),
        )
    }

    fn credential(response: &Value) -> Value {
        json!({
            "id": ID, "rawId": ID, "type": "public-key", "clientExtensionResults": {}, "response": response,
        })
    }

    fn object(description: &str, example: Value) -> Object {
        ObjectBuilder::new().description(Some(description)).examples([example]).build()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_is_one_line() {
        let parse = |name: &str| RegisterPasskey { name: name.into(), ..RegisterPasskey::default() }.parse();
        assert_eq!(parse(" My phone ").unwrap().as_str(), "My phone");
        let refused = |name: &str| parse(name).unwrap_err().into_vec().remove(0).code;
        assert_eq!(refused(""), FieldCode::Required);
        assert_eq!(refused(&"x".repeat(101)), FieldCode::TooLong);
        assert_eq!(refused("My\u{7}phone"), FieldCode::InvalidFormat);
    }

    #[test]
    fn transports_are_named_as_browsers_name_them() {
        let all = json!(["ble", "hybrid", "internal", "nfc", "smart-card", "usb"]);
        let parsed: Vec<PasskeyTransport> = serde_json::from_value(all.clone()).unwrap();
        assert_eq!(serde_json::to_value(parsed).unwrap(), all);
    }
}
