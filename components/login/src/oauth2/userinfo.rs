//! `GET /api/core/v1/auth/oauth2/userinfo`

use axum::Json;
use contract::{OAuthErrorCode, Scope, ScopeSet, UserInfo};
use credentials::{GrantClaims, TokenError};
use http::HeaderMap;
use platform::{access_token, bearer, clock, config::Site, db::Db, openapi::ServerProblems};
use store::oauth_grant;

use super::{
    issue,
    refusal::{Refusal, invalid_token},
};
use crate::{attempts, visit::Visit};

/// Tells an application who has signed in
///
/// With the access token that it got for the person, as `Authorization: Bearer`. Permission: none, the token is the
/// proof.
#[utoipa::path(
    get,
    path = "/api/core/v1/auth/oauth2/userinfo",
    tag = "oauth2",
    responses(
        (status = 200, body = UserInfo, description = "What the scopes allow to know"),
        (status = 401, body = contract::OAuthError, description = "`invalid_token`, or no body where there is no token"),
        (status = 403, body = contract::OAuthError, description = "`insufficient_scope`: without `openid`"),
        (status = 429, body = contract::OAuthError, description = "`temporarily_unavailable`: too many requests"),
        ServerProblems,
    ),
)]
pub async fn userinfo(visit: Visit, headers: HeaderMap) -> Result<Json<UserInfo>, Refusal> {
    answer(&visit, &headers).await.map(Json)
}

/// Tells an application who has signed in, as `GET` does
///
/// `OpenID` Connect Core 1.0 §5.3.1 asks for both. Permission: none, the token is the proof.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/oauth2/userinfo",
    tag = "oauth2",
    responses(
        (status = 200, body = UserInfo, description = "What the scopes allow to know"),
        (status = 401, body = contract::OAuthError, description = "`invalid_token`, or no body where there is no token"),
        (status = 403, body = contract::OAuthError, description = "`insufficient_scope`: without `openid`"),
        (status = 429, body = contract::OAuthError, description = "`temporarily_unavailable`: too many requests"),
        ServerProblems,
    ),
)]
pub async fn userinfo_by_post(visit: Visit, headers: HeaderMap) -> Result<Json<UserInfo>, Refusal> {
    answer(&visit, &headers).await.map(Json)
}

async fn answer(visit: &Visit, headers: &HeaderMap) -> Result<UserInfo, Refusal> {
    let token = bearer::authorization(headers).map_err(|_| invalid_token("the header is malformed"))?;
    let claims = verify(visit.site, token.ok_or(Refusal::NoToken)?).await?;
    let db = Db::connect().await?;
    attempts::count_userinfo(&db, claims.grant_id).await?;
    let grant = oauth_grant::find(&db, claims.grant_id, clock::now()).await?;
    let grant = grant.ok_or_else(|| invalid_token("the authorization has ended"))?;
    let scopes = ScopeSet::parse(claims.scope.split(' ')).unwrap_or_default().among(&grant.scopes);
    if !scopes.has(Scope::Openid) {
        return Err(Refusal::Known(OAuthErrorCode::InsufficientScope, "openid was not allowed"));
    }
    Ok(issue::user_info(&grant, &scopes))
}

async fn verify(site: &Site, token: &str) -> Result<GrantClaims, Refusal> {
    let keys = access_token::keys().await?;
    keys.verify_for_anybody(token, site.issuer(), clock::now()).map_err(|error| match error {
        TokenError::Expired => invalid_token("the token has expired"),
        TokenError::Invalid(_) => invalid_token("the token is not valid"),
    })
}
