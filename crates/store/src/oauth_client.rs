//! Other applications: their registration, and whether somebody is one.

use chrono::{DateTime, Utc};
use contract::{
    Client, ClientChanges, ClientId, ClientName, ClientSecret, ClientSecretId, NewClient, Permission,
    ScopeSet, SessionId, UserId,
};
use credentials::TokenHash;
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::{
    statements,
    users::{Answer, Refusal},
};

statements! {
    // Ids are in the order of registering.
    LIST [Admin] = "
        SELECT oauth_client_document(oauth_clients) FROM oauth_clients
        WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2";
    GET [Admin] = "SELECT oauth_client_document(oauth_clients) FROM oauth_clients WHERE id = $1";
    CREATE [Admin] = "
        WITH client AS (
            INSERT INTO oauth_clients (id, name, kind, redirect_uris, post_logout_redirect_uris, scopes, permissions,
                skip_consent, disabled, version, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, false, 1, instant($11), instant($11))
            RETURNING *
        ), secret AS (
            INSERT INTO oauth_client_secrets (id, client_id, hash, created_at)
            SELECT $9::uuid, id, $10::bytea, instant($11) FROM client WHERE $9::uuid IS NOT NULL
            RETURNING id, created_at
        )
        SELECT to_jsonb(client) || jsonb_build_object(
            'secrets', (SELECT coalesce(jsonb_agg(to_jsonb(secret)), '[]') FROM secret))
        FROM client";
    UPDATE [Admin] = "SELECT update_oauth_client($1, $2, $3, $4, $5, $6, $7, $8, $9, instant($10))";
    DELETE [Admin] = "DELETE FROM oauth_clients WHERE id = $1";
    ADD_SECRET [Admin] = "SELECT add_oauth_client_secret($1, $2, $3, instant($4))";
    DELETE_SECRET [Admin] = "DELETE FROM oauth_client_secrets WHERE id = $1 AND client_id = $2";
    // As the account with that session sees it: what it has said yes to, and when the person last proved who they are, or
    // came from a provider that doesn't say when they did.
    FIND [Login] = "
        SELECT jsonb_build_object(
            'client', to_jsonb(oauth_clients) || '{\"secrets\": []}',
            'allowed', (SELECT to_jsonb(asked) FROM oauth_consents WHERE client_id = $1 AND user_id = $2),
            'authenticated_at', (SELECT coalesce(proven_at, created_at) FROM sessions WHERE id = $3))
        FROM oauth_clients WHERE id = $1 AND NOT disabled";
    AUTHENTICATE [Login] = "
        SELECT jsonb_build_object('id', id, 'name', name, 'confidential', kind = 'confidential',
            'permissions', permissions)
        FROM oauth_clients
        WHERE id = $1 AND NOT disabled AND CASE kind
            WHEN 'public' THEN $2::bytea IS NULL
            ELSE EXISTS (SELECT FROM oauth_client_secrets WHERE client_id = $1 AND hash = $2) END";
}

/// Applications, the last registered first, registered before that one.
pub async fn list(db: &Db, before: Option<ClientId>, limit: i64) -> Result<Vec<Client>, DbError> {
    db.fetch_all(&LIST, vec![before.into(), limit.into()]).await
}

/// An application.
pub async fn get(db: &Db, id: ClientId) -> Result<Option<Client>, DbError> {
    db.fetch_optional(&GET, vec![id.into()]).await
}

/// A secret to be stored.
#[derive(Clone, Copy)]
pub struct NewSecret {
    /// Its id.
    pub id: ClientSecretId,
    /// The hash of the secret itself.
    pub hash: TokenHash,
}

/// Registers an application, with its first secret where it can keep one.
pub async fn create(
    db: &Db,
    id: ClientId,
    new: &NewClient,
    secret: Option<NewSecret>,
    now: DateTime<Utc>,
) -> Result<Client, DbError> {
    let parameters = vec![
        id.into(),
        new.name.as_str().into(),
        new.kind.as_str().into(),
        new.redirect_uris.as_slice().into(),
        new.post_logout_redirect_uris.as_slice().into(),
        (&new.scopes).into(),
        new.permissions.as_slice().into(),
        new.skip_consent.into(),
        secret.map(|secret| secret.id).into(),
        secret.map(|secret| secret.hash).into(),
        now.into(),
    ];
    db.fetch_one(&CREATE, parameters).await
}

#[derive(Deserialize)]
struct Changed {
    client: Client,
}

/// Changes an application if it is still at that version.
pub async fn update(
    db: &Db,
    id: ClientId,
    version: i64,
    changes: &ClientChanges,
    now: DateTime<Utc>,
) -> Result<Result<Client, Refusal>, DbError> {
    let parameters = vec![
        id.into(),
        version.into(),
        changes.name.as_ref().map(ClientName::as_str).into(),
        changes.redirect_uris.as_deref().into(),
        changes.post_logout_redirect_uris.as_deref().into(),
        changes.scopes.as_ref().into(),
        changes.permissions.as_deref().into(),
        changes.skip_consent.into(),
        changes.disabled.into(),
        now.into(),
    ];
    let answer: Answer<Changed> = db.fetch_one(&UPDATE, parameters).await?;
    Ok(answer.into_result().map(|changed| changed.client))
}

/// Deletes an application with all that people allowed it; answers whether there was one.
pub async fn delete(db: &Db, id: ClientId) -> Result<bool, DbError> {
    db.execute(&DELETE, vec![id.into()]).await.map(|deleted| deleted > 0)
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
enum Added {
    Done { secret: ClientSecret },
    TooMany,
}

/// Adds a secret; `None` where there are two.
pub async fn add_secret(
    db: &Db,
    client: ClientId,
    secret: NewSecret,
    now: DateTime<Utc>,
) -> Result<Option<ClientSecret>, DbError> {
    let parameters = vec![client.into(), secret.id.into(), secret.hash.into(), now.into()];
    Ok(match db.fetch_one(&ADD_SECRET, parameters).await? {
        Added::Done { secret } => Some(secret),
        Added::TooMany => None,
    })
}

/// Deletes a secret; answers whether there was one.
pub async fn delete_secret(db: &Db, client: ClientId, secret: ClientSecretId) -> Result<bool, DbError> {
    db.execute(&DELETE_SECRET, vec![secret.into(), client.into()]).await.map(|deleted| deleted > 0)
}

/// An application, as an account sees it.
#[derive(Deserialize)]
pub struct Found {
    /// The application; of its secrets nothing is told.
    pub client: Client,
    /// What the account has allowed it, being asked.
    pub allowed: Option<ScopeSet>,
    /// When the person last proved who they are; where a provider vouched for them that doesn't tell, when they signed in.
    pub authenticated_at: Option<DateTime<Utc>>,
}

/// The application of that id, unless it is disabled, as an account sees it in a session.
pub async fn find(
    db: &Db,
    id: ClientId,
    account: Option<(UserId, SessionId)>,
) -> Result<Option<Found>, DbError> {
    let (user, session) = account.unzip();
    db.fetch_optional(&FIND, vec![id.into(), user.into(), session.into()]).await
}

/// An application that has proven itself, as far as it can.
#[derive(Debug, Deserialize)]
pub struct AuthenticatedClient {
    /// Its id.
    pub id: ClientId,
    /// What people know it by.
    pub name: ClientName,
    /// Whether it has a secret, and so is who it says.
    pub confidential: bool,
    permissions: Vec<String>,
}

impl AuthenticatedClient {
    /// What it may do in its own name. A permission that this build doesn't know allows nothing in it.
    pub fn permissions(&self) -> Vec<Permission> {
        self.permissions.iter().filter_map(|name| Permission::parse(name)).collect()
    }
}

/// The application of that id with that secret, or without one where it has none; not where it is disabled.
pub async fn authenticate(
    db: &Db,
    id: ClientId,
    secret: Option<TokenHash>,
) -> Result<Option<AuthenticatedClient>, DbError> {
    db.fetch_optional(&AUTHENTICATE, vec![id.into(), secret.into()]).await
}
