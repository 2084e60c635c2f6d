//! The caller's own account.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    ApiKeyId, DisplayName, Email, FieldErrors, Locale, Permission, RoleName, SecondFactorStatus, SessionId,
    UserId,
};

/// Answer of `GET /api/core/v1/me`: who is calling, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The account.
    pub id: UserId,
    /// The session of this request, unless it was sent with an API key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_id: Option<SessionId>,
    /// The API key that this request was sent with, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_key_id: Option<ApiKeyId>,
    /// The address to sign in with.
    pub email: Email,
    /// Whether the account's owner has proven to read that address.
    pub email_verified: bool,
    /// Whether there is a password: an account that began with a provider has none until its owner sets one, by
    /// `POST /api/core/v1/auth/password/forgot`.
    pub has_password: bool,
    /// The name to be shown by.
    pub display_name: DisplayName,
    /// The language chosen, where one was; the browser's otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// The account's roles, sorted.
    pub roles: Vec<RoleName>,
    /// What the roles allow, sorted; of that, with an API key, what is among its scopes.
    pub permissions: Vec<Permission>,
    /// Whether the account has a second factor, and must.
    pub second_factor: SecondFactorStatus,
    /// When the account was created.
    pub created_at: DateTime<Utc>,
}

/// Body of `PATCH /api/core/v1/me`: an absent field stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateMe {
    /// The new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Ada King"))]
    pub display_name: Option<String>,
    /// The new language, `en` or `fr`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "fr"))]
    pub locale: Option<String>,
}

/// What to change of the caller's own account.
#[derive(Debug, Clone)]
pub struct MeChanges {
    /// The new name, if it changes.
    pub display_name: Option<DisplayName>,
    /// The new language, if it changes.
    pub locale: Option<Locale>,
}

impl UpdateMe {
    /// Parses the fields.
    pub fn parse(&self) -> Result<MeChanges, FieldErrors> {
        let mut errors = FieldErrors::default();
        let display_name =
            errors.take_optional("display_name", self.display_name.as_deref(), DisplayName::parse);
        let locale = errors.take_optional("locale", self.locale.as_deref(), Locale::parse);
        match (display_name, locale) {
            (Some(display_name), Some(locale)) => Ok(MeChanges { display_name, locale }),
            _ => Err(errors),
        }
    }
}
