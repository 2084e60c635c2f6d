//! Roles and what they allow.

use contract::{Permission, Role, RoleName, UserId};
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::statements;

statements! {
    LIST [Admin] = "
        SELECT jsonb_build_object(
            'name', roles.name,
            'description', roles.description,
            'permissions', (SELECT coalesce(jsonb_agg(permission ORDER BY permission), '[]')
                            FROM role_permissions WHERE role = roles.name))
        FROM roles ORDER BY name";
    // What giving and taking these roles to and from this account moves: the permissions of every role
    // that it would gain or lose.
    MOVED_PERMISSIONS [Login, Users] = "
        WITH held AS (SELECT role FROM user_roles WHERE user_id = $1),
             wanted AS (SELECT unnest($2::text[]) AS role),
             moved AS ((TABLE held EXCEPT TABLE wanted) UNION (TABLE wanted EXCEPT TABLE held))
        SELECT jsonb_build_object(
            'changed', EXISTS (TABLE moved),
            'permissions', (SELECT coalesce(jsonb_agg(DISTINCT permission), '[]')
                            FROM role_permissions JOIN moved USING (role)))";
}

/// Every role, by name.
pub async fn list(db: &Db) -> Result<Vec<Role>, DbError> {
    db.fetch_all(&LIST, Vec::new()).await
}

/// What a change of roles moves.
#[derive(Deserialize)]
pub struct RoleChange {
    /// Whether any role is gained or lost.
    pub changed: bool,
    /// What the roles gained or lost allow.
    pub permissions: Vec<Permission>,
}

/// What it would mean for an account, new or not, to have these roles and no others.
pub async fn moved(db: &Db, user: UserId, wanted: &[RoleName]) -> Result<RoleChange, DbError> {
    db.fetch_one(&MOVED_PERMISSIONS, vec![user.into(), wanted.into()]).await
}
