//! Roles: named sets of permissions.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{FieldCode, FieldRule, Permission};

/// A role's name: 1 to 40 of `a-z`, `0-9` and `-`, beginning with a letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(example = "administrator"))]
#[serde(try_from = "String")]
pub struct RoleName(String);

impl RoleName {
    /// The role that holds every permission and is never left without a holder.
    pub const ADMINISTRATOR: &'static str = "administrator";
    /// The most characters of a name.
    pub const MAX: u32 = 40;
    /// The most names of a list.
    pub const MOST: u32 = 50;

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
        FieldRule::items(names, Self::MOST)?;
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

impl TryFrom<String> for RoleName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "not a role's name")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_a_name() {
        let read = |text: &str| serde_json::from_value::<RoleName>(text.into()).is_ok();
        assert!(read("help-desk-2"));
        for wrong in ["", "\0", "Auditor", "2nd", "a b", &"a".repeat(41)] {
            assert!(!read(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn a_list_has_an_end() {
        let names = |count: usize| vec!["auditor".to_owned(); count];
        assert_eq!(RoleName::parse_all(&names(50)).unwrap().len(), 1);
        let refused = RoleName::parse_all(&names(51)).unwrap_err();
        assert_eq!(refused, FieldRule { code: FieldCode::TooLong, limit: Some(50) });
    }
}
