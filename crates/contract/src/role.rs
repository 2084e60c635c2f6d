//! Roles: named sets of permissions.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{FieldCode, FieldRule, Permission};

/// A role's name: 1 to 40 of `a-z`, `0-9` and `-`, beginning with a letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(example = "administrator"))]
#[serde(transparent)]
pub struct RoleName(String);

impl RoleName {
    /// The role that holds every permission and is never left without a holder.
    pub const ADMINISTRATOR: &'static str = "administrator";
    /// The most characters of a name.
    pub const MAX: u32 = 40;

    /// Parses a role's name.
    pub fn parse(text: &str) -> Result<Self, FieldRule> {
        FieldRule::length(text, 1, Self::MAX)?;
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(FieldRule::new(FieldCode::InvalidFormat))
        }
    }

    /// Parses the names of a list; the first that is refused refuses the list.
    pub fn parse_all(names: &[String]) -> Result<Vec<Self>, FieldRule> {
        let mut names = names.iter().map(|name| Self::parse(name)).collect::<Result<Vec<_>, _>>()?;
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RoleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A role and what it allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Role {
    /// Its name.
    pub name: RoleName,
    /// What it is for, in one line.
    pub description: String,
    /// What it allows, sorted.
    pub permissions: Vec<Permission>,
    /// Whether its holders need a second factor before they may do anything.
    pub requires_second_factor: bool,
}

/// Body of `PATCH /api/core/v1/roles/{name}`: an absent field stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateRole {
    /// Whether its holders need a second factor before they may do anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = true))]
    pub requires_second_factor: Option<bool>,
}
