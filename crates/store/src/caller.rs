//! The caller: a token that verifies, of a session that is open, of an account that is active.

use std::marker::PhantomData;

use axum::extract::FromRequestParts;
use chrono::{DateTime, Utc};
use contract::{
    DisplayName, Email, Locale, Me, Permission, PermissionSet, ProblemCode, RoleName, SessionId, UserId,
};
use credentials::Claims;
use http::request::Parts;
use platform::{Error, Result, access_token::AccessToken, clock, db::Db};
use serde::Deserialize;

use crate::statements;

/// Proof of who is calling, as of this request: roles and permissions come from the database, not from
/// the token, so that what an administrator takes away is gone at once.
///
/// `Caller` alone asks for an account that is signed in; `Caller<may::UsersWrite>` for one with that
/// permission, and refuses before the body is read.
pub struct Caller<R = SignedIn> {
    /// The account.
    pub me: Me,
    permissions: PermissionSet,
    /// The connection that found it, for the handler's own statements.
    pub db: Db,
    requirement: PhantomData<fn() -> R>,
}

/// What an endpoint asks of its caller, as a type.
pub trait Requirement {
    /// The permission that is needed, where one is.
    const PERMISSION: Option<Permission>;
}

/// No permission beyond being signed in.
pub struct SignedIn;

impl Requirement for SignedIn {
    const PERMISSION: Option<Permission> = None;
}

/// The permissions as requirements, for the signature of a handler.
pub mod may {
    use super::{Permission, Requirement};

    macro_rules! requirements {
        ($($permission:ident),+) => {$(
            #[doc = concat!("Needs [`Permission::", stringify!($permission), "`].")]
            pub struct $permission;

            impl Requirement for $permission {
                const PERMISSION: Option<Permission> = Some(Permission::$permission);
            }
        )+};
    }

    requirements!(MailRead, RolesRead, UsersRead, UsersWrite);
}

statements! {
    LOAD [Login, Users, Admin] = "
        SELECT jsonb_build_object(
            'open', sessions.ended_at IS NULL AND sessions.expires_at > instant($3) AND users.status = 'active',
            'email', users.email,
            'email_verified', users.verified_email IS NOT DISTINCT FROM users.email,
            'display_name', users.display_name,
            'locale', users.locale,
            'created_at', users.created_at,
            'roles', (SELECT coalesce(jsonb_agg(role ORDER BY role), '[]')
                      FROM user_roles WHERE user_id = users.id),
            'permissions', (SELECT coalesce(jsonb_agg(DISTINCT permission), '[]')
                            FROM user_roles JOIN role_permissions USING (role) WHERE user_id = users.id))
        FROM sessions JOIN users ON users.id = sessions.user_id
        WHERE sessions.id = $1 AND users.id = $2";
}

#[derive(Deserialize)]
struct Row {
    open: bool,
    email: Email,
    email_verified: bool,
    display_name: DisplayName,
    locale: Option<Locale>,
    created_at: DateTime<Utc>,
    roles: Vec<RoleName>,
    permissions: Vec<String>,
}

impl<R> Caller<R> {
    /// Refuses a caller without that permission.
    pub fn require(&self, permission: Permission) -> Result<()> {
        Ok(self.permissions.require(permission)?)
    }

    /// Refuses a caller who would hand out, or take away, what they don't hold.
    pub fn require_all(&self, permissions: impl IntoIterator<Item = Permission>) -> Result<()> {
        Ok(self.permissions.require_all(permissions)?)
    }

    async fn load(claims: &Claims) -> Result<Self> {
        let db = Db::connect().await?;
        let parameters = vec![claims.session_id.into(), claims.user_id.into(), clock::now().into()];
        let row: Option<Row> = db.fetch_optional(&LOAD, parameters).await?;
        match row {
            Some(row) if row.open => Ok(Self::new(row, claims.user_id, claims.session_id, db)),
            _ => Err(ProblemCode::SessionEnded.into()),
        }
    }

    fn new(row: Row, id: UserId, session_id: SessionId, db: Db) -> Self {
        // A permission that this build doesn't know allows nothing in it.
        let permissions: PermissionSet =
            row.permissions.iter().filter_map(|name| Permission::parse(name)).collect();
        let me = Me {
            id,
            session_id,
            email: row.email,
            email_verified: row.email_verified,
            display_name: row.display_name,
            locale: row.locale,
            roles: row.roles,
            permissions: permissions.iter().collect(),
            created_at: row.created_at,
        };
        Self { me, permissions, db, requirement: PhantomData }
    }
}

impl<S: Send + Sync, R: Requirement> FromRequestParts<S> for Caller<R> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let AccessToken(claims) = AccessToken::from_request_parts(parts, state).await?;
        let caller = Self::load(&claims).await?;
        if let Some(permission) = R::PERMISSION {
            caller.require(permission)?;
        }
        Ok(caller)
    }
}
