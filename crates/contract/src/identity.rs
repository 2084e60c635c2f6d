//! Signing in with somebody else's account: Google, GitHub, any `OpenID` provider.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{FieldCode, FieldErrors, FieldRule, IdentityId, Transport};

/// Who vouches for people; the name in paths and in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum IdentityProviderId {
    /// Google.
    Google,
    /// GitHub, or a GitHub Enterprise server.
    GitHub,
    /// The `OpenID` provider of the installation.
    OpenId,
}

impl IdentityProviderId {
    /// Every provider.
    pub const ALL: [Self; 3] = [Self::Google, Self::GitHub, Self::OpenId];

    /// The provider's name in paths.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::GitHub => "github",
            Self::OpenId => "openid",
        }
    }

    /// Parses the name of a path.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provider| provider.as_str() == name)
    }
}

/// A provider that is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IdentityProvider {
    /// Which.
    pub id: IdentityProviderId,
    /// What its button says.
    #[cfg_attr(feature = "openapi", schema(example = "Google"))]
    pub name: String,
}

/// What an authorization by a provider is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuthorizationPurpose {
    /// Signing in, or making an account.
    #[default]
    SignIn,
    /// Linking the identity to the caller's account.
    Link,
    /// Proving again who the caller is.
    StepUp,
}

impl AuthorizationPurpose {
    /// Every purpose.
    pub const ALL: [Self; 3] = [Self::SignIn, Self::Link, Self::StepUp];

    /// The purpose's name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Link => "link",
            Self::StepUp => "step_up",
        }
    }

    /// Parses a purpose's name.
    pub fn parse(name: &str) -> Result<Self, FieldRule> {
        FieldRule::length(name, 1, u32::MAX)?;
        Self::ALL
            .into_iter()
            .find(|purpose| purpose.as_str() == name)
            .ok_or(FieldRule::new(FieldCode::UnknownValue))
    }
}

/// A path of the UI: where to go once a provider has answered. Never leads to another site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(example = "/account"))]
#[serde(transparent)]
pub struct ReturnPath(String);

impl ReturnPath {
    /// The most characters.
    pub const MAX: u32 = 4096;

    /// Parses a path, with its query and fragment.
    pub fn parse(text: &str) -> Result<Self, FieldRule> {
        FieldRule::length(text, 1, Self::MAX)?;
        if Self::is_local(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(FieldRule::new(FieldCode::InvalidFormat))
        }
    }

    /// Whether a path, with its query and fragment, stays on this site. Browsers read a backslash as a slash, leave
    /// control characters out and resolve dot segments (WHATWG URL, path state): `//`, and so `/.//`, is another site's
    /// address.
    pub fn is_local(text: &str) -> bool {
        let path = text.split(['?', '#']).next().unwrap_or_default();
        path.starts_with('/')
            && !path.contains("//")
            && !path.split('/').any(is_dot_segment)
            && !text.contains(|character: char| character == '\\' || character.is_control())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_dot_segment(segment: &str) -> bool {
    matches!(&*segment.to_ascii_lowercase().replace("%2e", "."), "." | "..")
}

/// Body of `POST /api/core/v1/auth/identity-providers/{provider}/authorization`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BeginAuthorization {
    /// `sign_in`, `link` or `step_up`.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "sign_in"))]
    #[serde(default)]
    pub purpose: String,
    /// The path of the UI to go to afterwards, such as `/account`; `/` unless told.
    #[cfg_attr(feature = "openapi", schema(example = "/account"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_to: Option<String>,
}

impl BeginAuthorization {
    /// Parses the fields.
    pub fn parse(&self) -> Result<PendingAuthorization, FieldErrors> {
        let mut errors = FieldErrors::default();
        let purpose = errors.take("purpose", AuthorizationPurpose::parse(&self.purpose));
        let return_to = errors.take("return_to", ReturnPath::parse(self.return_to.as_deref().unwrap_or("/")));
        match (purpose, return_to) {
            (Some(purpose), Some(return_to)) => Ok(PendingAuthorization { purpose, return_to }),
            _ => Err(errors),
        }
    }
}

/// Answer: where to send the browser. The provider sends it back to `/sign-in/{provider}`, a page of the UI.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BegunAuthorization {
    /// The provider's page, with all that it must know.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "https://github.com/login/oauth/authorize?client_id=...")
    )]
    pub authorization_url: String,
}

/// Answer of `GET /api/core/v1/auth/identity-providers/{provider}/authorization?state=...`: what this browser has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingAuthorization {
    /// What it is for, and so which endpoint takes the provider's answer.
    pub purpose: AuthorizationPurpose,
    /// Where to go afterwards.
    pub return_to: ReturnPath,
}

/// Body of `POST /api/core/v1/auth/identity-providers/{provider}/sign-in`, `.../link` and `.../step-up`: the query with
/// which the provider sent the browser back (RFC 6749 §4.1.2, RFC 9207).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProviderCallback {
    /// What the provider was sent, and sends back.
    #[cfg_attr(
        feature = "openapi",
        schema(required = true, example = "mti_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G")
    )]
    #[serde(default)]
    pub state: String,
    /// The authorization code, where there is one.
    #[cfg_attr(feature = "openapi", schema(example = "SplxlOBeZQQYbYS6WxSbIA"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Who answers, where the provider says so.
    #[cfg_attr(feature = "openapi", schema(example = "https://accounts.google.com"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iss: Option<String>,
    /// Why there is no code.
    #[cfg_attr(feature = "openapi", schema(example = "access_denied"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// How the tokens of a sign-in travel; cookies unless told.
    #[serde(default)]
    pub transport: Transport,
}

/// What a provider answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProviderAnswer {
    /// A code to be exchanged.
    Code(String),
    /// No, by its owner or by the provider.
    Error(String),
}

impl ProviderCallback {
    /// The most characters of a code or of an error.
    pub const MAX: u32 = 4096;

    /// Parses the code or the error; the state is not a field: it is looked up, not read.
    pub fn parse(&self) -> Result<ProviderAnswer, FieldErrors> {
        let (field, text) = match &self.error {
            Some(error) => ("error", error.as_str()),
            None => ("code", self.code.as_deref().unwrap_or_default()),
        };
        FieldRule::length(text, 1, Self::MAX).map_err(|rule| FieldErrors::one(field, rule))?;
        let text = text.to_owned();
        Ok(if self.error.is_some() { ProviderAnswer::Error(text) } else { ProviderAnswer::Code(text) })
    }
}

/// Somebody else's account that the caller can sign in with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Identity {
    /// Its id here.
    pub id: IdentityId,
    /// Whose account it is; the provider may be off by now.
    pub provider: IdentityProviderId,
    /// The address that the provider told last, if it did: what the owner knows the account by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "ada@gmail.com"))]
    pub email: Option<String>,
    /// When it was linked.
    pub created_at: DateTime<Utc>,
    /// When the owner last signed in with it, if ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_on_the_wire_are_parsed() {
        for provider in IdentityProviderId::ALL {
            assert_eq!(serde_json::to_value(provider).unwrap(), provider.as_str());
            assert_eq!(IdentityProviderId::parse(provider.as_str()), Some(provider));
        }
        assert_eq!(IdentityProviderId::parse("Google"), None);
        for purpose in AuthorizationPurpose::ALL {
            assert_eq!(serde_json::to_value(purpose).unwrap(), purpose.as_str());
            assert_eq!(AuthorizationPurpose::parse(purpose.as_str()), Ok(purpose));
        }
        assert_eq!(AuthorizationPurpose::parse("steal").unwrap_err().code, FieldCode::UnknownValue);
    }

    #[test]
    fn the_way_back_never_leads_to_another_site() {
        let long = format!("/authorize?state={}", "s".repeat(4_000));
        let address = "/authorize?redirect_uri=https://app.example/./back#//";
        for local in ["/", "/account", "/users?q=ada#first", "/.well-known/a..b", address, &long] {
            assert_eq!(ReturnPath::parse(local).unwrap().as_str(), local);
        }
        for foreign in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "account",
            "/\t/evil.example",
            "/.//evil.example",
            "/%2e//evil.example",
            "/a/.%2E//evil.example",
            "/a/../sign-in",
            "/account/.",
        ] {
            assert_eq!(ReturnPath::parse(foreign).unwrap_err().code, FieldCode::InvalidFormat, "{foreign}");
        }
        assert_eq!(ReturnPath::parse("").unwrap_err().code, FieldCode::Required);
    }

    #[test]
    fn an_answer_is_a_code_or_an_error() {
        let answer = |code: Option<&str>, error: Option<&str>| {
            let (code, error) = (code.map(ToOwned::to_owned), error.map(ToOwned::to_owned));
            ProviderCallback { code, error, ..ProviderCallback::default() }.parse()
        };
        assert_eq!(answer(Some("c"), None), Ok(ProviderAnswer::Code("c".to_owned())));
        let denied = Ok(ProviderAnswer::Error("access_denied".to_owned()));
        assert_eq!(answer(Some("c"), Some("access_denied")), denied);
        assert_eq!(answer(None, None), Err(FieldErrors::one("code", FieldRule::new(FieldCode::Required))));
    }
}
