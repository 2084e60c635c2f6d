//! Roles and what they allow.

use contract::{Permission, Role, RoleName, UpdateRole, UserId};
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::statements;

statements! {
    LIST [Admin] = "SELECT role_document(roles) FROM roles ORDER BY name";
    UPDATE [Admin] = "
        UPDATE roles SET requires_second_factor = coalesce($2, requires_second_factor)
        WHERE name = $1 RETURNING role_document(roles)";
    // What giving and taking these roles to and from this account moves: the permissions of every role
    // that it would gain or lose.
    MOVED_PERMISSIONS [Login, Users] = "
        WITH held AS (SELECT role FROM user_roles WHERE user_id = $1),
             wanted AS (SELECT unnest($2::text[]) AS role),
             moved AS ((TABLE held EXCEPT TABLE wanted) UNION (TABLE wanted EXCEPT TABLE held))
        SELECT jsonb_build_object(
            'changed', EXISTS (TABLE moved),
            'gained', (SELECT coalesce(jsonb_agg(role ORDER BY role), '[]')
                       FROM (TABLE wanted EXCEPT TABLE held) AS gained),
            'lost', (SELECT coalesce(jsonb_agg(role ORDER BY role), '[]')
                     FROM (TABLE held EXCEPT TABLE wanted) AS lost),
            'permissions', (SELECT coalesce(jsonb_agg(DISTINCT permission), '[]')
                            FROM role_permissions JOIN moved USING (role)))";
}

/// Every role, by name.
pub async fn list(db: &Db) -> Result<Vec<Role>, DbError> {
    db.fetch_all(&LIST, Vec::new()).await
}

/// Changes what a role demands; `None` where there is no such role.
pub async fn update(db: &Db, name: &RoleName, changes: &UpdateRole) -> Result<Option<Role>, DbError> {
    db.fetch_optional(&UPDATE, vec![name.into(), changes.requires_second_factor.into()]).await
}

/// What a change of roles moves.
#[derive(Default, Deserialize)]
pub struct RoleChange {
    /// Whether any role is gained or lost.
    pub changed: bool,
    /// The roles gained, sorted.
    pub gained: Vec<RoleName>,
    /// The roles lost, sorted.
    pub lost: Vec<RoleName>,
    /// What the roles gained or lost allow.
    pub permissions: Vec<Permission>,
}

/// All that an account may do.
pub async fn permissions_of(db: &Db, user: UserId) -> Result<Vec<Permission>, DbError> {
    Ok(moved(db, user, &[]).await?.permissions)
}

/// What it would mean for an account, new or not, to have these roles and no others.
pub async fn moved(db: &Db, user: UserId, wanted: &[RoleName]) -> Result<RoleChange, DbError> {
    db.fetch_one(&MOVED_PERMISSIONS, vec![user.into(), wanted.into()]).await
}
