//! The caller's own account.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{DisplayName, Email, FieldErrors, Locale, Permission, RoleName, SessionId, UserId};

/// Answer of `GET /api/core/v1/me`: who is calling, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The account.
    pub id: UserId,
    /// The session of this request.
    pub session_id: SessionId,
    /// The address to sign in with.
    pub email: Email,
    /// Whether the account's owner has proven to read that address.
    pub email_verified: bool,
    /// The name to be shown by.
    pub display_name: DisplayName,
    /// The language chosen, where one was; the browser's otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// The account's roles, sorted.
    pub roles: Vec<RoleName>,
    /// What the roles allow, sorted.
    pub permissions: Vec<Permission>,
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
