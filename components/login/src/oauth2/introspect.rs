//! `POST /api/core/v1/auth/oauth2/introspect`

use axum::Json;
use chrono::{DateTime, Utc};
use contract::{ClientId, Introspection, ScopeSet};
use credentials::{ApplicationClaims, OpaqueToken, TokenKind};
use http::HeaderMap;
use platform::{Result, access_token, clock, config::Site, db::Db, openapi::ServerProblems};
use store::oauth_grant;

use super::{
    client,
    form::Form,
    refusal::{Refusal, invalid_request},
};
use crate::visit::Visit;

/// Tells an application whether a token of its own is good
///
/// An access token, which it could verify itself but for having been ended, or a refresh token (RFC 7662). Of tokens of
/// others it learns nothing, and only applications with a secret learn anything. Permission: none, the secret is the
/// proof.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/oauth2/introspect",
    tag = "oauth2",
    request_body(content = String, content_type = "application/x-www-form-urlencoded",
        description = "`token` (RFC 7662 §2.1)"),
    responses(
        (status = 200, body = Introspection, description = "Whether it is good, and what it says"),
        (status = 400, body = contract::OAuthError, description = "`invalid_request`"),
        (status = 401, body = contract::OAuthError, description = "`invalid_client`"),
        (status = 429, body = contract::OAuthError, description = "`temporarily_unavailable`: too many requests"),
        ServerProblems,
    ),
)]
pub async fn introspect(
    visit: Visit,
    db: Db,
    headers: HeaderMap,
    form: Form,
) -> Result<Json<Introspection>, Refusal> {
    let client = client::authenticate(&db, &visit.client, &headers, &form).await?;
    if !client.confidential {
        return Err(client::refused());
    }
    let token = form.get("token").ok_or_else(|| invalid_request("token is missing"))?;
    let found = look(visit.site, &db, client.id, token, clock::now()).await?;
    Ok(Json(found.unwrap_or_default()))
}

async fn look(
    site: &Site,
    db: &Db,
    asker: ClientId,
    token: &str,
    now: DateTime<Utc>,
) -> Result<Option<Introspection>> {
    let told = |client: ClientId, sub: String, scope: String, iat: DateTime<Utc>, exp: DateTime<Utc>| {
        Introspection {
            active: true,
            scope: Some(scope),
            client_id: Some(client),
            token_type: None,
            exp: Some(exp.timestamp()),
            iat: Some(iat.timestamp()),
            sub: Some(sub),
            aud: None,
            iss: Some(site.issuer().to_owned()),
        }
    };
    if let Ok(token) = OpaqueToken::parse(TokenKind::ClientRefresh, token) {
        let found = oauth_grant::find_by_refresh_token(db, token.hash(), now).await?;
        return Ok(found.filter(|found| found.grant.client_id == asker).map(|found| {
            let (sub, scope) = (found.grant.user_id.to_string(), found.grant.scopes.to_string());
            told(asker, sub, scope, found.issued_at, found.expires_at)
        }));
    }
    let token_type = Some("Bearer".to_owned());
    match access_token::keys().await?.verify_for_anybody(token, site.issuer(), now) {
        Ok(ApplicationClaims::Grant(claims)) if claims.client_id == asker => {
            let found = oauth_grant::find(db, claims.grant_id, now).await?;
            Ok(found.map(|grant| {
                let scopes = ScopeSet::parse(claims.scope.split(' ')).unwrap_or_default();
                let (sub, aud) = (claims.user_id.to_string(), Some(claims.audience.to_string()));
                let scope = scopes.among(&grant.scopes).to_string();
                let told = told(asker, sub, scope, claims.issued_at, claims.expires_at);
                Introspection { token_type, aud, ..told }
            }))
        }
        Ok(ApplicationClaims::Client(claims)) if [claims.client_id, claims.subject] == [asker; 2] => {
            let aud = Some(claims.audience);
            let told = told(asker, asker.to_string(), claims.scope, claims.issued_at, claims.expires_at);
            Ok(Some(Introspection { token_type, aud, ..told }))
        }
        _ => Ok(None),
    }
}
