//! The caller: a token that verifies, of a session that is open, or an API key; of an account that is active. Or another
//! application, in its own name.

use std::marker::PhantomData;

use axum::{Extension, RequestPartsExt, extract::FromRequestParts};
use chrono::{DateTime, Utc};
use contract::{
    ApiKeyId, ClientId, DisplayName, Email, Locale, Me, Permission, PermissionSet, ProblemCode, RoleName,
    SecondFactorStatus, SessionId, UserId,
};
use credentials::{Claims, ClientClaims, OpaqueToken};
use http::request::Parts;
use platform::{Error, Result, api_key::KeyHolder, bearer::Bearer, client::Client, clock, db::Db};
use serde::Deserialize;

use crate::statements;

/// Proof of who is calling, as of this request: roles and permissions come from the database, not from
/// the token, so that what an administrator takes away is gone at once.
///
/// `Caller` alone asks for a person who is signed in: what is the owner's alone, an API key may not do.
/// `Caller<ByAnyMeans>` takes API keys too, and `Caller<may::UsersWrite>` whoever has that permission, an API key by
/// its scopes, another application by what it was given. `Caller<Proven<...>>` asks, too, that they have proven
/// themselves lately. Each refuses before the body is read.
pub struct Caller<R: Requirement = SignedIn> {
    /// The account: surely there where the requirement is to be somebody.
    pub me: R::Me,
    /// The session of this request: surely there where the requirement is to be signed in.
    pub session: R::Session,
    pub(crate) actor: Actor,
    permissions: PermissionSet,
    /// Whether they have proven lately who they are.
    proven: bool,
    /// The connection that found it, for the handler's own statements.
    pub db: Db,
    /// Where the request comes from.
    pub client: Client,
}

/// Who does what the security log tells of.
#[derive(Clone, Copy, Default)]
pub(crate) struct Actor {
    pub user: Option<UserId>,
    pub session: Option<SessionId>,
    pub api_key: Option<ApiKeyId>,
    pub client: Option<ClientId>,
}

/// What an endpoint asks of its caller, as a type.
pub trait Requirement {
    /// The permission that is needed, where one is.
    const PERMISSION: Option<Permission> = None;
    /// Whether the caller must have proven lately who they are.
    const PROOF: bool = false;
    /// Whether it is open to an account that lacks the second factor that its roles demand.
    const ENROLLING: bool = false;
    /// `Me` where it takes a person, or an API key of one; `Option<Me>` where an application in its own name will do.
    type Me;
    /// `SessionId` where an API key is not enough, `Option<SessionId>` where it is.
    type Session;

    /// The account as the handler gets it, or why the request is refused.
    fn me(found: Option<Me>) -> Result<Self::Me, ProblemCode>;

    /// The session as the handler gets it, or why the request is refused.
    fn session(found: Option<SessionId>) -> Result<Self::Session, ProblemCode>;
}

/// No permission beyond being signed in, with a session.
pub struct SignedIn;

impl Requirement for SignedIn {
    type Me = Me;
    type Session = SessionId;

    fn me(found: Option<Me>) -> Result<Me, ProblemCode> {
        found.ok_or(ProblemCode::SessionRequired)
    }

    fn session(found: Option<SessionId>) -> Result<SessionId, ProblemCode> {
        found.ok_or(ProblemCode::SessionRequired)
    }
}

/// Being signed in, even without the second factor that a role demands: for what turning it on takes.
pub struct Enrolling;

impl Requirement for Enrolling {
    const ENROLLING: bool = true;
    type Me = Me;
    type Session = SessionId;

    fn me(found: Option<Me>) -> Result<Me, ProblemCode> {
        SignedIn::me(found)
    }

    fn session(found: Option<SessionId>) -> Result<SessionId, ProblemCode> {
        SignedIn::session(found)
    }
}

/// What `R` asks, and a password or code not older than ten minutes, or a provider that asked for theirs: for what a
/// thief of the session would want. An API key stands for the proof that it was made with, and so does what another
/// application may do in its own name.
pub struct Proven<R = SignedIn>(PhantomData<fn() -> R>);

impl<R: Requirement> Requirement for Proven<R> {
    const PERMISSION: Option<Permission> = R::PERMISSION;
    const PROOF: bool = true;
    const ENROLLING: bool = R::ENROLLING;
    type Me = R::Me;
    type Session = R::Session;

    fn me(found: Option<Me>) -> Result<R::Me, ProblemCode> {
        R::me(found)
    }

    fn session(found: Option<SessionId>) -> Result<R::Session, ProblemCode> {
        R::session(found)
    }
}

/// Who one is, by a session or an API key, even without the second factor that a role demands.
pub struct ByAnyMeans;

impl Requirement for ByAnyMeans {
    const ENROLLING: bool = true;
    type Me = Me;
    type Session = Option<SessionId>;

    fn me(found: Option<Me>) -> Result<Me, ProblemCode> {
        SignedIn::me(found)
    }

    fn session(found: Option<SessionId>) -> Result<Option<SessionId>, ProblemCode> {
        Ok(found)
    }
}

/// The permissions as requirements, for the signature of a handler.
pub mod may {
    use super::{Me, Permission, ProblemCode, Requirement, SessionId};

    macro_rules! requirements {
        ($($permission:ident),+) => {$(
            #[doc = concat!("Needs [`Permission::", stringify!($permission), "`].")]
            pub struct $permission;

            impl Requirement for $permission {
                const PERMISSION: Option<Permission> = Some(Permission::$permission);
                type Me = Option<Me>;
                type Session = Option<SessionId>;

                fn me(found: Option<Me>) -> Result<Option<Me>, ProblemCode> {
                    Ok(found)
                }

                fn session(found: Option<SessionId>) -> Result<Option<SessionId>, ProblemCode> {
                    Ok(found)
                }
            }
        )+};
    }

    requirements!(
        ClientsRead,
        ClientsWrite,
        MailRead,
        MailSend,
        RolesRead,
        RolesWrite,
        SecurityRead,
        UsersRead,
        UsersWrite
    );
}

/// An account as a caller: `$open`, whether it may act so; `$extends`, which permissions that extends to.
macro_rules! account {
    ($open:literal, $extends:literal, $credential:literal) => {
        concat!(
            "jsonb_build_object(
                'open', users.status = 'active' AND ",
            $open,
            ", 'user_id', users.id,
            'email', users.email,
            'email_verified', users.verified_email IS NOT DISTINCT FROM users.email,
            'has_password', users.has_password,
            'display_name', users.display_name,
            'locale', users.locale,
            'created_at', users.created_at,
            'second_factor', jsonb_build_object(
                'enabled', users.has_second_factor, 'required', needs_second_factor(users.id)),
            'roles', (SELECT coalesce(jsonb_agg(role ORDER BY role), '[]')
                      FROM user_roles WHERE user_id = users.id),
            'permissions', (SELECT coalesce(jsonb_agg(DISTINCT permission), '[]')
                            FROM user_roles JOIN role_permissions USING (role)
                            WHERE user_id = users.id AND ",
            $extends,
            ")) || ",
            $credential
        )
    };
}

statements! {
    LOAD [Login, Users, Admin] = concat!(
        "SELECT ",
        account!(
            "sessions.ended_at IS NULL AND sessions.expires_at > instant($3)",
            "true",
            "jsonb_build_object('session_id', sessions.id, 'expires_at', sessions.expires_at,
                'proven', coalesce(sessions.proven_at > instant($3) - interval '10 minutes', false))"
        ),
        " FROM sessions JOIN users ON users.id = sessions.user_id
        WHERE sessions.id = $1 AND users.id = $2"
    );
    // The key's hash is for `login` alone to read: the function reads it for the others.
    LOAD_BY_API_KEY [Login, Users, Admin] = concat!(
        "SELECT CASE WHEN users.id IS NULL THEN key ELSE ",
        account!(
            "true",
            "key -> 'scopes' ? permission",
            "jsonb_build_object('api_key_id', key -> 'id', 'expires_at', key -> 'expires_at', 'proven', true)"
        ),
        " END
        FROM use_api_key($1, $2, instant($3)) AS key LEFT JOIN users ON users.id = (key ->> 'user_id')::uuid"
    );
    LOAD_CLIENT [Login, Users, Admin] = "
        SELECT to_jsonb(permissions) FROM oauth_clients WHERE id = $1 AND NOT disabled";
}

#[derive(Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "what a row answers, each a fact of its own")]
struct Account {
    open: bool,
    user_id: UserId,
    session_id: Option<SessionId>,
    api_key_id: Option<ApiKeyId>,
    expires_at: DateTime<Utc>,
    email: Email,
    email_verified: bool,
    has_password: bool,
    display_name: DisplayName,
    locale: Option<Locale>,
    created_at: DateTime<Utc>,
    proven: bool,
    second_factor: SecondFactorStatus,
    roles: Vec<RoleName>,
    permissions: Vec<String>,
}

impl Account {
    fn permissions(&self) -> PermissionSet {
        known(self.permissions.iter().map(String::as_str))
    }
}

/// A permission that this build doesn't know allows nothing in it.
fn known<'a>(names: impl Iterator<Item = &'a str>) -> PermissionSet {
    names.filter_map(Permission::parse).collect()
}

/// What an API key leads to.
#[derive(Deserialize)]
#[serde(untagged)]
enum Lookup {
    Found(Box<Account>),
    Unknown { retry_after: u32 },
}

async fn by_session(db: &Db, claims: &Claims) -> Result<Account> {
    let parameters = vec![claims.session_id.into(), claims.user_id.into(), clock::now().into()];
    let account: Option<Account> = db.fetch_optional(&LOAD, parameters).await?;
    Ok(account.filter(|account| account.open).ok_or(ProblemCode::SessionEnded)?)
}

async fn by_api_key(db: &Db, key: &OpaqueToken, address: &str) -> Result<Account> {
    let parameters = vec![key.hash().into(), address.into(), clock::now().into()];
    match db.fetch_one(&LOAD_BY_API_KEY, parameters).await? {
        Lookup::Found(account) if account.open => Ok(*account),
        Lookup::Found(_) | Lookup::Unknown { retry_after: 0 } => Err(ProblemCode::ApiKeyInvalid.into()),
        Lookup::Unknown { retry_after } => Err(Error::RateLimited { retry_after }),
    }
}

/// What an application may do in its own name: what its token says, as far as it may still.
async fn by_client(db: &Db, claims: &ClientClaims) -> Result<PermissionSet> {
    let held: Option<Vec<String>> = db.fetch_optional(&LOAD_CLIENT, vec![claims.client_id.into()]).await?;
    let held = held.ok_or(ProblemCode::TokenInvalid)?;
    Ok(known(claims.scope.split(' ').filter(|name| held.iter().any(|held| held == name))))
}

/// Whose key it is that is used from that address, for a component that asks.
pub async fn key_holder(db: &Db, key: &OpaqueToken, address: &str) -> Result<KeyHolder> {
    let account = by_api_key(db, key, address).await?;
    // As the tokens of its owner speak of no role then.
    let permissions =
        if account.second_factor.is_missing() { PermissionSet::default() } else { account.permissions() };
    Ok(KeyHolder {
        api_key_id: account.api_key_id.ok_or(ProblemCode::ApiKeyInvalid)?,
        user_id: account.user_id,
        scopes: permissions.iter().collect(),
        expires_at: account.expires_at,
    })
}

impl<R: Requirement> Caller<R> {
    /// Refuses a caller without that permission.
    pub fn require(&self, permission: Permission) -> Result<()> {
        Ok(self.permissions.require(permission)?)
    }

    /// Refuses a caller who would hand out, or take away, what they don't hold.
    pub fn require_all(&self, permissions: impl IntoIterator<Item = Permission>) -> Result<()> {
        Ok(self.permissions.require_all(permissions)?)
    }

    /// Refuses an API key, and an application in its own name.
    pub fn require_session(&self) -> Result<()> {
        if self.actor.session.is_some() { Ok(()) } else { Err(ProblemCode::SessionRequired.into()) }
    }

    /// Refuses a caller who has not proven lately who they are.
    pub fn require_proof(&self) -> Result<()> {
        if self.proven { Ok(()) } else { Err(ProblemCode::ProofRequired.into()) }
    }

    fn person(account: Account, db: Db, client: Client) -> Result<Self> {
        let permissions = account.permissions();
        let actor = Actor {
            user: Some(account.user_id),
            session: account.session_id,
            api_key: account.api_key_id,
            client: None,
        };
        let me = Me {
            id: account.user_id,
            session_id: account.session_id,
            api_key_id: account.api_key_id,
            email: account.email,
            email_verified: account.email_verified,
            has_password: account.has_password,
            display_name: account.display_name,
            locale: account.locale,
            roles: account.roles,
            permissions: permissions.iter().collect(),
            second_factor: account.second_factor,
            created_at: account.created_at,
        };
        let session = R::session(account.session_id)?;
        if me.second_factor.is_missing() && !R::ENROLLING {
            return Err(ProblemCode::SecondFactorRequired.into());
        }
        Ok(Self { me: R::me(Some(me))?, session, actor, permissions, proven: account.proven, db, client })
    }

    fn application(id: ClientId, permissions: PermissionSet, db: Db, client: Client) -> Result<Self> {
        let actor = Actor { client: Some(id), ..Actor::default() };
        Ok(Self {
            me: R::me(None)?,
            session: R::session(None)?,
            actor,
            permissions,
            proven: true,
            db,
            client,
        })
    }
}

impl<S: Send + Sync, R: Requirement> FromRequestParts<S> for Caller<R> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let bearer = Bearer::from_request_parts(parts, state).await?;
        let Extension(client): Extension<Client> = parts.extract().await.map_err(anyhow::Error::from)?;
        let db = Db::connect().await?;
        let caller = match &bearer {
            Bearer::AccessToken(claims) => Self::person(by_session(&db, claims).await?, db, client)?,
            Bearer::ApiKey(key) => {
                Self::person(by_api_key(&db, key, &client.address_text()).await?, db, client)?
            }
            Bearer::Client(claims) => {
                let permissions = by_client(&db, claims).await?;
                Self::application(claims.client_id, permissions, db, client)?
            }
        };
        if let Some(permission) = R::PERMISSION {
            caller.require(permission)?;
        }
        if R::PROOF {
            caller.require_proof()?;
        }
        Ok(caller)
    }
}
