//! What an application may ask of a person.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{FieldCode, FieldRule};

/// A scope (RFC 6749 §3.3), as `OpenID` Connect Core 1.0 §5.4 and §11 define it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Know the account's id: an ID token.
    Openid,
    /// Know the person's name and language.
    Profile,
    /// Know the account's address, and whether it is proven.
    Email,
    /// Go on while the person is away: a refresh token.
    OfflineAccess,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 4] = [Self::Openid, Self::Profile, Self::Email, Self::OfflineAccess];

    /// The scope's name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Openid => "openid",
            Self::Profile => "profile",
            Self::Email => "email",
            Self::OfflineAccess => "offline_access",
        }
    }

    /// Parses a scope's name.
    pub fn parse(name: &str) -> Result<Self, FieldRule> {
        let found = Self::ALL.into_iter().find(|scope| scope.as_str() == name);
        found.ok_or(FieldRule::new(FieldCode::UnknownValue))
    }
}

/// Scopes, each once, sorted. As text they are separated by spaces.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(example = json!(["openid", "profile"])))]
#[serde(from = "Vec<Scope>")]
pub struct ScopeSet(Vec<Scope>);

impl From<Vec<Scope>> for ScopeSet {
    fn from(mut scopes: Vec<Scope>) -> Self {
        scopes.sort();
        scopes.dedup();
        Self(scopes)
    }
}

impl ScopeSet {
    /// Parses names; the first that is unknown refuses them all.
    pub fn parse<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, FieldRule> {
        names.into_iter().map(Scope::parse).collect::<Result<Vec<_>, _>>().map(Into::into)
    }

    /// Whether that scope is one of them.
    pub fn has(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether each of them is one of `others`.
    pub fn is_within(&self, others: &Self) -> bool {
        self.0.iter().all(|scope| others.has(*scope))
    }

    /// Those of them that are among `others`.
    #[must_use]
    pub fn among(&self, others: &Self) -> Self {
        Self(self.iter().filter(|scope| others.has(*scope)).collect())
    }

    /// The scopes, sorted.
    pub fn iter(&self) -> impl Iterator<Item = Scope> + '_ {
        self.0.iter().copied()
    }
}

impl fmt::Display for ScopeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(Scope::as_str).collect();
        f.write_str(&names.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_on_the_wire_are_parsed() {
        for scope in Scope::ALL {
            assert_eq!(serde_json::to_value(scope).unwrap(), scope.as_str());
            assert_eq!(Scope::parse(scope.as_str()), Ok(scope));
        }
        assert_eq!(Scope::parse("address").unwrap_err().code, FieldCode::UnknownValue);
    }

    #[test]
    fn scopes_are_a_set() {
        let set = ScopeSet::parse("email openid email".split(' ')).unwrap();
        assert_eq!(set.to_string(), "openid email");
        assert!(set.is_within(&ScopeSet::parse(["openid", "email", "profile"]).unwrap()));
        assert!(!set.is_within(&ScopeSet::parse(["openid"]).unwrap()));
        assert_eq!(set.among(&ScopeSet::parse(["email", "profile"]).unwrap()).to_string(), "email");
    }
}
