//! Accounts, as an administrator sees them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    DisplayName, Email, FieldCode, FieldErrors, FieldRule, Password, RoleName, UserId, names::names,
};

names! {
    /// Whether an account may be used.
    UserStatus {
        /// It may.
        Active = "active",
        /// An administrator has closed it; its sessions have ended.
        Locked = "locked",
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct User {
    /// The account's id.
    pub id: UserId,
    /// The address to sign in with.
    pub email: Email,
    /// The name to be shown by.
    pub display_name: DisplayName,
    /// Whether it may be used.
    pub status: UserStatus,
    /// Its roles, sorted.
    pub roles: Vec<RoleName>,
    /// Whether signing in asks for a second factor.
    pub second_factor: bool,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// When its owner last signed in, if ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sign_in_at: Option<DateTime<Utc>>,
    /// Grows with each change; the `ETag` of the account is this number in quotes.
    pub version: i64,
}

/// How a list of accounts is ordered, `-` for descending. Ties are broken by id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum UserSort {
    /// `created_at`: oldest first.
    CreatedAt,
    /// `-created_at`: newest first.
    #[default]
    CreatedAtDescending,
    /// `email`: by address.
    Email,
    /// `-email`.
    EmailDescending,
    /// `display_name`: by name.
    DisplayName,
    /// `-display_name`.
    DisplayNameDescending,
}

impl UserSort {
    /// Every order.
    pub const ALL: [Self; 6] = [
        Self::CreatedAt,
        Self::CreatedAtDescending,
        Self::Email,
        Self::EmailDescending,
        Self::DisplayName,
        Self::DisplayNameDescending,
    ];

    /// The order's name in a query string.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CreatedAt => "created_at",
            Self::CreatedAtDescending => "-created_at",
            Self::Email => "email",
            Self::EmailDescending => "-email",
            Self::DisplayName => "display_name",
            Self::DisplayNameDescending => "-display_name",
        }
    }

    /// Parses the `sort` of a query string.
    pub fn parse(name: &str) -> Result<Self, FieldRule> {
        Self::ALL
            .into_iter()
            .find(|sort| sort.as_str() == name)
            .ok_or(FieldRule::new(FieldCode::UnknownValue))
    }
}

/// Body of `POST /api/core/v1/users`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateUser {
    /// The address to sign in with; no other account has it.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "grace@example.org"))]
    #[serde(default)]
    pub email: String,
    /// The name to be shown by, 1 to 100 characters.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "Grace Hopper"))]
    #[serde(default)]
    pub display_name: String,
    /// The first password, 12 to 256 characters and not easy to guess.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "correct horse battery staple"))]
    #[serde(default)]
    pub password: String,
    /// The account's roles; giving any needs `roles:grant` and what they allow.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(example = json!(["administrator"])))]
    pub roles: Vec<String>,
}

/// An account to be created.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// The address to sign in with.
    pub email: Email,
    /// The name to be shown by.
    pub display_name: DisplayName,
    /// The first password.
    pub password: Password,
    /// Its roles, sorted.
    pub roles: Vec<RoleName>,
}

impl CreateUser {
    /// Parses the fields.
    pub fn parse(&self) -> Result<NewUser, FieldErrors> {
        let mut errors = FieldErrors::default();
        let email = errors.take("email", Email::parse(&self.email));
        let display_name = errors.take("display_name", DisplayName::parse(&self.display_name));
        let password = errors.take("password", Password::parse(&self.password));
        let roles = errors.take("roles", RoleName::parse_all(&self.roles));
        match (email, display_name, password, roles) {
            (Some(email), Some(display_name), Some(password), Some(roles)) => {
                Ok(NewUser { email, display_name, password, roles })
            }
            _ => Err(errors),
        }
    }
}

/// Body of `PATCH /api/core/v1/users/{id}`: an absent field stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateUser {
    /// The new address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "grace@example.org"))]
    pub email: Option<String>,
    /// The new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Grace Murray Hopper"))]
    pub display_name: Option<String>,
    /// The new roles, all of them; a change needs `roles:grant` and what the roles allow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = json!(["auditor"])))]
    pub roles: Option<Vec<String>>,
}

/// What to change of an account.
#[derive(Debug, Clone)]
pub struct UserChanges {
    /// The new address, if it changes.
    pub email: Option<Email>,
    /// The new name, if it changes.
    pub display_name: Option<DisplayName>,
    /// The new roles, if they change.
    pub roles: Option<Vec<RoleName>>,
}

impl UserChanges {
    /// The names of the fields that are there, whether they change or not.
    pub fn fields(&self) -> Vec<String> {
        let fields = [
            ("email", self.email.is_some()),
            ("display_name", self.display_name.is_some()),
            ("roles", self.roles.is_some()),
        ];
        fields.into_iter().filter(|(_, given)| *given).map(|(name, _)| name.to_owned()).collect()
    }
}

impl UpdateUser {
    /// Parses the fields.
    pub fn parse(&self) -> Result<UserChanges, FieldErrors> {
        let mut errors = FieldErrors::default();
        let email = errors.take_optional("email", self.email.as_deref(), Email::parse);
        let display_name =
            errors.take_optional("display_name", self.display_name.as_deref(), DisplayName::parse);
        let roles = match &self.roles {
            None => Some(None),
            Some(names) => errors.take("roles", RoleName::parse_all(names)).map(Some),
        };
        match (email, display_name, roles) {
            (Some(email), Some(display_name), Some(roles)) => Ok(UserChanges { email, display_name, roles }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collects_every_refused_field() {
        let errors =
            CreateUser { password: "short".into(), roles: vec!["No!".into()], ..CreateUser::default() }
                .parse()
                .unwrap_err();
        let found: Vec<_> = errors.into_vec().into_iter().map(|e| (e.field, e.code, e.limit)).collect();
        assert_eq!(
            found,
            [
                ("email".to_owned(), FieldCode::Required, None),
                ("display_name".to_owned(), FieldCode::Required, None),
                ("password".to_owned(), FieldCode::TooShort, Some(12)),
                ("roles".to_owned(), FieldCode::InvalidFormat, None),
            ]
        );
    }
}
