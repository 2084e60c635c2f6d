//! The tokens of an application.

use chrono::{DateTime, Utc};
use contract::{ClientId, Permission, Scope, ScopeSet, TokenResponse, UserInfo};
use credentials::{
    ACCESS_TOKEN_LIFETIME, ClientClaims, GrantClaims, IdTokenClaims, OpaqueToken, TokenKind, os_rng,
};
use platform::{Result, access_token::AUDIENCE, clock, config::Site};
use store::{
    oauth_grant::{Exchanger, Grant},
    session::IDLE_LIFETIME,
};
use uuid::Uuid;

use crate::grant::signing_key;

/// Who exchanges, and the refresh token that they may get.
pub fn exchanger(client: ClientId) -> (Exchanger, OpaqueToken) {
    let next = OpaqueToken::generate(TokenKind::ClientRefresh, &mut os_rng());
    let now = clock::now();
    (Exchanger { client, next: next.hash(), now, idle_until: now + IDLE_LIFETIME }, next)
}

/// What an application gets for a person: of what was allowed, those scopes.
pub async fn for_person(
    site: &Site,
    grant: &Grant,
    scopes: &ScopeSet,
    nonce: Option<String>,
    refresh: &OpaqueToken,
    now: DateTime<Utc>,
) -> Result<TokenResponse> {
    let key = signing_key().await?;
    let access_token = key.sign(&GrantClaims {
        issuer: site.issuer().to_owned(),
        audience: grant.client_id,
        user_id: grant.user_id,
        client_id: grant.client_id,
        grant_id: grant.id,
        scope: scopes.to_string(),
        authenticated_at: grant.authenticated_at,
        issued_at: now,
        expires_at: now + ACCESS_TOKEN_LIFETIME,
        token_id: Uuid::now_v7(),
    });
    let id_token = scopes.has(Scope::Openid).then(|| {
        key.sign(&IdTokenClaims {
            issuer: site.issuer().to_owned(),
            audience: grant.client_id,
            authorized_party: grant.client_id,
            session_id: grant.session_id,
            authenticated_at: grant.authenticated_at,
            nonce,
            access_token_hash: IdTokenClaims::access_token_hash(&access_token),
            issued_at: now,
            expires_at: now + ACCESS_TOKEN_LIFETIME,
            person: user_info(grant, scopes),
        })
    });
    let refresh_token = grant.scopes.has(Scope::OfflineAccess).then(|| refresh.expose().to_owned());
    response(access_token, scopes.to_string(), refresh_token, id_token)
}

/// What an application gets in its own name.
pub async fn for_client(site: &Site, client: ClientId, permissions: &[Permission]) -> Result<TokenResponse> {
    let now = clock::now();
    let scope = permissions.iter().map(|permission| permission.as_str()).collect::<Vec<_>>().join(" ");
    let access_token = signing_key().await?.sign(&ClientClaims {
        issuer: site.issuer().to_owned(),
        audience: AUDIENCE.to_owned(),
        subject: client,
        client_id: client,
        scope: scope.clone(),
        issued_at: now,
        expires_at: now + ACCESS_TOKEN_LIFETIME,
        token_id: Uuid::now_v7(),
    });
    response(access_token, scope, None, None)
}

fn response(
    access_token: String,
    scope: String,
    refresh_token: Option<String>,
    id_token: Option<String>,
) -> Result<TokenResponse> {
    let expires_in = u32::try_from(ACCESS_TOKEN_LIFETIME.num_seconds()).map_err(anyhow::Error::from)?;
    Ok(TokenResponse {
        access_token,
        token_type: "Bearer".to_owned(),
        expires_in,
        scope,
        refresh_token,
        id_token,
    })
}

/// What those scopes allow to know of the person (`OpenID` Connect Core 1.0 §5.4).
pub fn user_info(grant: &Grant, scopes: &ScopeSet) -> UserInfo {
    let (profile, email) = (scopes.has(Scope::Profile), scopes.has(Scope::Email));
    UserInfo {
        sub: grant.user_id.to_string(),
        name: profile.then(|| grant.display_name.clone()),
        locale: grant.locale.filter(|_| profile),
        updated_at: profile.then(|| grant.updated_at.timestamp()),
        email: email.then(|| grant.email.clone()),
        email_verified: email.then_some(grant.email_verified),
    }
}
