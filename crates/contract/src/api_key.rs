//! API keys: what a program signs in with on its owner's behalf.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{ApiKeyId, FieldCode, FieldErrors, FieldRule, Permission, field::line};

/// What its owner calls a key: one to 100 characters, trimmed, without control characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(example = "Nightly export"))]
#[serde(transparent)]
pub struct ApiKeyName(String);

impl ApiKeyName {
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

impl fmt::Display for ApiKeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Body of `POST /api/core/v1/auth/api-keys`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateApiKey {
    /// What to call it, 1 to 100 characters.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "Nightly export"))]
    #[serde(default)]
    pub name: String,
    /// The permissions that it may use, each of which its owner holds; none unless told.
    #[cfg_attr(feature = "openapi", schema(example = json!(["users:read"])))]
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Days until it expires, 1 to 366; 90 unless told.
    #[cfg_attr(feature = "openapi", schema(example = 90))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in_days: Option<i64>,
}

/// An API key to be made.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// What to call it.
    pub name: ApiKeyName,
    /// The permissions that it may use, sorted.
    pub scopes: Vec<Permission>,
    /// Days until it expires.
    pub expires_in_days: i64,
}

impl CreateApiKey {
    /// The most days that a key may live.
    pub const MAX_DAYS: u32 = 366;
    /// The days that it lives unless told.
    pub const DEFAULT_DAYS: i64 = 90;

    /// Parses the fields.
    pub fn parse(&self) -> Result<NewApiKey, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", ApiKeyName::parse(&self.name));
        let scopes = errors.take("scopes", parse_permissions(&self.scopes));
        let days =
            errors.take("expires_in_days", parse_days(self.expires_in_days.unwrap_or(Self::DEFAULT_DAYS)));
        match (name, scopes, days) {
            (Some(name), Some(scopes), Some(expires_in_days)) => {
                Ok(NewApiKey { name, scopes, expires_in_days })
            }
            _ => Err(errors),
        }
    }
}

/// The most permissions of a list, named twice or not.
const MOST_PERMISSIONS: u32 = 50;

/// Parses permissions' names; the first that is unknown refuses them all.
pub(crate) fn parse_permissions(names: &[String]) -> Result<Vec<Permission>, FieldRule> {
    FieldRule::items(names, MOST_PERMISSIONS)?;
    let permissions = names.iter().map(|name| Permission::parse(name)).collect::<Option<Vec<_>>>();
    let mut permissions = permissions.ok_or(FieldRule::new(FieldCode::UnknownValue))?;
    permissions.sort();
    permissions.dedup();
    Ok(permissions)
}

fn parse_days(days: i64) -> Result<i64, FieldRule> {
    if (1..=i64::from(CreateApiKey::MAX_DAYS)).contains(&days) {
        Ok(days)
    } else {
        Err(FieldRule { code: FieldCode::InvalidFormat, limit: Some(CreateApiKey::MAX_DAYS) })
    }
}

/// An API key, without the key itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// What its owner calls it.
    pub name: ApiKeyName,
    /// The permissions that it may use, as far as its owner holds them, sorted.
    pub scopes: Vec<Permission>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it expires, or has.
    pub expires_at: DateTime<Utc>,
    /// When it was last used, to the minute; absent where it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<DateTime<Utc>>,
    /// The network address that it was last used from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "192.0.2.7"))]
    pub last_used_address: Option<String>,
}

/// Answer of `POST /api/core/v1/auth/api-keys`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreatedApiKey {
    /// What there is to know of it.
    pub api_key: ApiKey,
    /// The key, to be sent as `Authorization: Bearer`. It is shown here and never again.
    #[cfg_attr(feature = "openapi", schema(example = "mtk_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G"))]
    pub token: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collects_every_refused_field() {
        let request = |days| CreateApiKey {
            scopes: vec!["users:read".into(), "users:burn".into()],
            expires_in_days: days,
            ..CreateApiKey::default()
        };
        let refused = |days| {
            let errors = request(days).parse().unwrap_err().into_vec();
            errors.into_iter().map(|error| (error.field, error.code, error.limit)).collect::<Vec<_>>()
        };
        let name = ("name".to_owned(), FieldCode::Required, None);
        let scopes = ("scopes".to_owned(), FieldCode::UnknownValue, None);
        let days = ("expires_in_days".to_owned(), FieldCode::InvalidFormat, Some(366));
        assert_eq!(refused(None), [name.clone(), scopes.clone()]);
        for wrong in [0, -1, 367, i64::MAX] {
            assert_eq!(refused(Some(wrong)), [name.clone(), scopes.clone(), days.clone()]);
        }
    }

    #[test]
    fn scopes_are_a_set_and_three_months_the_default() {
        let scopes = ["users:write", "users:read", "users:read"].map(str::to_owned).to_vec();
        let key = CreateApiKey { name: " Export ".into(), scopes, expires_in_days: None }.parse().unwrap();
        assert_eq!((key.name.as_str(), key.expires_in_days), ("Export", 90));
        assert_eq!(key.scopes, [Permission::UsersRead, Permission::UsersWrite]);
    }

    #[test]
    fn scopes_have_an_end() {
        let names = |count: usize| vec!["users:read".to_owned(); count];
        assert_eq!(parse_permissions(&names(50)), Ok(vec![Permission::UsersRead]));
        let refused = FieldRule { code: FieldCode::TooLong, limit: Some(50) };
        assert_eq!(parse_permissions(&names(51)), Err(refused));
    }
}
