//! Who may do what: one enum, one set, one decision.

use std::{collections::BTreeSet, fmt};

use serde::{Deserialize, Serialize};

/// Something that a role may allow. Written `noun:verb` on the wire and in the database, and in that order here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Permission {
    /// See the applications that people sign in to.
    #[serde(rename = "clients:read")]
    ClientsRead,
    /// Register, change and delete applications, and make their secrets.
    #[serde(rename = "clients:write")]
    ClientsWrite,
    /// See the mails of the outbox; who is signed in opens them, and so reads the links in them.
    #[serde(rename = "mail:read")]
    MailRead,
    /// Send mails again that could not be sent.
    #[serde(rename = "mail:send")]
    MailSend,
    /// Give roles to accounts and take them away.
    #[serde(rename = "roles:grant")]
    RolesGrant,
    /// See the roles and what they allow.
    #[serde(rename = "roles:read")]
    RolesRead,
    /// Change what a role demands of its holders.
    #[serde(rename = "roles:write")]
    RolesWrite,
    /// Read the security log.
    #[serde(rename = "security:read")]
    SecurityRead,
    /// See accounts and their roles.
    #[serde(rename = "users:read")]
    UsersRead,
    /// Create, change, lock and unlock accounts.
    #[serde(rename = "users:write")]
    UsersWrite,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 10] = [
        Self::ClientsRead,
        Self::ClientsWrite,
        Self::MailRead,
        Self::MailSend,
        Self::RolesGrant,
        Self::RolesRead,
        Self::RolesWrite,
        Self::SecurityRead,
        Self::UsersRead,
        Self::UsersWrite,
    ];

    /// The permission's name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClientsRead => "clients:read",
            Self::ClientsWrite => "clients:write",
            Self::MailRead => "mail:read",
            Self::MailSend => "mail:send",
            Self::SecurityRead => "security:read",
            Self::UsersRead => "users:read",
            Self::UsersWrite => "users:write",
            Self::RolesRead => "roles:read",
            Self::RolesGrant => "roles:grant",
            Self::RolesWrite => "roles:write",
        }
    }

    /// The permission of that name, if there is one.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.as_str() == name)
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What one caller may do: the union of the permissions of its roles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct PermissionSet(BTreeSet<Permission>);

impl PermissionSet {
    /// Whether `permission` is held.
    pub fn allows(&self, permission: Permission) -> bool {
        self.0.contains(&permission)
    }

    /// Refuses, and says why, where `permission` is not held.
    pub fn require(&self, permission: Permission) -> Result<(), Denied> {
        self.require_all([permission])
    }

    /// Refuses to hand out what the caller doesn't hold: nobody can grant more than they have.
    pub fn require_all(&self, granted: impl IntoIterator<Item = Permission>) -> Result<(), Denied> {
        let missing: Vec<_> = granted.into_iter().filter(|permission| !self.allows(*permission)).collect();
        if missing.is_empty() { Ok(()) } else { Err(Denied { missing }) }
    }

    /// The permissions, sorted.
    pub fn iter(&self) -> impl Iterator<Item = Permission> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().collect())
    }
}

/// Why a caller may not: the permissions that it lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denied {
    /// At least one.
    pub missing: Vec<Permission>,
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this needs the permission ")?;
        for (index, permission) in self.missing.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{permission}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Denied {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_on_the_wire_are_the_names_in_the_database() {
        for permission in Permission::ALL {
            assert_eq!(serde_json::to_value(permission).unwrap(), permission.as_str());
            assert_eq!(Permission::parse(permission.as_str()), Some(permission));
        }
    }

    #[test]
    fn says_what_is_missing() {
        let reader = PermissionSet::from_iter([Permission::UsersRead]);
        assert_eq!(reader.require(Permission::UsersRead), Ok(()));
        let denied = reader.require_all([Permission::UsersRead, Permission::RolesGrant]).unwrap_err();
        assert_eq!(denied.to_string(), "this needs the permission roles:grant");
    }
}
