//! `POST /api/core/v1/auth/oauth2/revoke`

use contract::OAuthErrorCode;
use credentials::{ApplicationClaims, OpaqueToken, TokenKind};
use http::{HeaderMap, StatusCode};
use platform::{access_token, clock, db::Db, openapi::ServerProblems};
use store::oauth_grant;

use super::{
    client,
    form::Form,
    refusal::{Refusal, invalid_request},
};
use crate::visit::Visit;

/// Ends what an application got for a person
///
/// By a refresh token or an access token of its own: all that came of the same authorization ends with it (RFC 7009).
/// An unknown token, or one of another application, changes nothing and is no error. Permission: none, the secret is the
/// proof, and of a public application the token.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/oauth2/revoke",
    tag = "oauth2",
    request_body(content = String, content_type = "application/x-www-form-urlencoded",
        description = "`token` (RFC 7009 §2.1)"),
    responses(
        (status = 200, description = "Ended, or there was nothing to end"),
        (status = 400, body = contract::OAuthError, description = "`invalid_request`. `unsupported_token_type`: an \
            application's token in its own name ends by itself"),
        (status = 401, body = contract::OAuthError, description = "`invalid_client`"),
        (status = 429, body = contract::OAuthError, description = "`temporarily_unavailable`: too many requests"),
        ServerProblems,
    ),
)]
pub async fn revoke(visit: Visit, db: Db, headers: HeaderMap, form: Form) -> Result<StatusCode, Refusal> {
    let client = client::authenticate(&db, &visit.client, &headers, &form).await?;
    let token = form.get("token").ok_or_else(|| invalid_request("token is missing"))?;
    let now = clock::now();
    if let Ok(token) = OpaqueToken::parse(TokenKind::ClientRefresh, token) {
        oauth_grant::revoke_by_refresh_token(&db, token.hash(), client.id, now).await?;
        return Ok(StatusCode::OK);
    }
    match access_token::keys().await?.verify_for_anybody(token, visit.site.issuer(), now) {
        Ok(ApplicationClaims::Grant(claims)) => {
            oauth_grant::revoke(&db, claims.grant_id, client.id, now).await?;
        }
        Ok(ApplicationClaims::Client(claims)) if claims.client_id == client.id => {
            let description = "a client's token in its own name ends by itself";
            return Err(Refusal::Known(OAuthErrorCode::UnsupportedTokenType, description));
        }
        _ => {}
    }
    Ok(StatusCode::OK)
}
