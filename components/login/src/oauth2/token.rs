//! `POST /api/core/v1/auth/oauth2/token`

use axum::Json;
use contract::{OAuthErrorCode, ProblemCode, RedirectUri, ScopeSet, SecurityEventKind, TokenResponse};
use credentials::{OpaqueToken, TokenKind, code_challenge};
use http::HeaderMap;
use platform::{client::Client, db::Db, openapi::ServerProblems};
use store::{
    oauth_client::AuthenticatedClient,
    oauth_grant::{self, Exchange, Grant},
    security_log::{self, Event},
};

use super::{
    client,
    form::Form,
    issue,
    refusal::{Refusal, invalid_request},
};
use crate::visit::Visit;

/// Gives an application its tokens
///
/// For a code (`authorization_code`, with `code`, `redirect_uri` and `code_verifier`), a refresh token (`refresh_token`,
/// which is spent: the answer has the next), or in the application's own name (`client_credentials`). A code or refresh
/// token that was spent before ends all that came of it. The application names itself by `client_secret_basic`,
/// `client_secret_post`, or by its `client_id` alone where it is public. Permission: none, the secret and the code are
/// the proof.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/oauth2/token",
    tag = "oauth2",
    request_body(content = String, content_type = "application/x-www-form-urlencoded",
        description = "`grant_type`, and what it takes (RFC 6749 §4.1.3, §4.4.2, §6, RFC 7636 §4.5)"),
    responses(
        (status = 200, body = TokenResponse, description = "The tokens"),
        (status = 400, body = contract::OAuthError, description = "`invalid_request`, `invalid_grant`, `invalid_scope`, \
            `unauthorized_client` or `unsupported_grant_type`"),
        (status = 401, body = contract::OAuthError, description = "`invalid_client`"),
        (status = 429, body = contract::OAuthError, description = "`temporarily_unavailable`: too many requests"),
        ServerProblems,
    ),
)]
pub async fn token(
    visit: Visit,
    db: Db,
    headers: HeaderMap,
    form: Form,
) -> Result<Json<TokenResponse>, Refusal> {
    let client = client::authenticate(&db, &visit.client, &headers, &form).await?;
    match form.get("grant_type") {
        Some("authorization_code") => by_code(&visit, &db, &client, &form).await,
        Some("refresh_token") => by_refresh_token(&visit, &db, &client, &form).await,
        Some("client_credentials") => in_own_name(&visit, &client, &form).await,
        Some(_) => Err(Refusal::Known(OAuthErrorCode::UnsupportedGrantType, "no such grant_type")),
        None => Err(invalid_request("grant_type is missing")),
    }
    .map(Json)
}

async fn by_code(
    visit: &Visit,
    db: &Db,
    client: &AuthenticatedClient,
    form: &Form,
) -> Result<TokenResponse, Refusal> {
    let code = form.get("code").ok_or_else(|| invalid_request("code is missing"))?;
    let redirect_uri = form.get("redirect_uri").ok_or_else(|| invalid_request("redirect_uri is missing"))?;
    let redirect_uri = RedirectUri::parse(redirect_uri).map_err(|_| invalid_grant())?;
    let challenge = form.get("code_verifier").and_then(code_challenge);
    let challenge = challenge.ok_or_else(|| invalid_request("code_verifier is missing or malformed"))?;
    let code = OpaqueToken::parse(TokenKind::AuthorizationCode, code).map_err(|_| invalid_grant())?;
    let (by, next) = issue::exchanger(client.id);
    let exchange = oauth_grant::exchange(db, code.hash(), &redirect_uri, &challenge, &by).await?;
    let grant = exchanged(db, &visit.client, client, exchange).await?;
    let nonce = grant.nonce.clone();
    Ok(issue::for_person(visit.site, &grant, &grant.scopes, nonce, &next, by.now).await?)
}

async fn by_refresh_token(
    visit: &Visit,
    db: &Db,
    client: &AuthenticatedClient,
    form: &Form,
) -> Result<TokenResponse, Refusal> {
    let token = form.get("refresh_token").ok_or_else(|| invalid_request("refresh_token is missing"))?;
    let token = OpaqueToken::parse(TokenKind::ClientRefresh, token).map_err(|_| invalid_grant())?;
    let wanted = form.get("scope").map(|scope| ScopeSet::parse(scope.split_whitespace()));
    let wanted = wanted.transpose().map_err(|_| invalid_scope())?;
    let (by, next) = issue::exchanger(client.id);
    let exchange = oauth_grant::refresh(db, token.hash(), wanted.as_ref(), &by).await?;
    let grant = exchanged(db, &visit.client, client, exchange).await?;
    // Only the first ID token repeats the nonce (`OpenID` Connect Core 1.0 §12.2).
    Ok(issue::for_person(visit.site, &grant, wanted.as_ref().unwrap_or(&grant.scopes), None, &next, by.now)
        .await?)
}

async fn in_own_name(
    visit: &Visit,
    client: &AuthenticatedClient,
    form: &Form,
) -> Result<TokenResponse, Refusal> {
    let mut permissions = client.permissions();
    if !client.confidential || permissions.is_empty() {
        let description = "the client may do nothing in its own name";
        return Err(Refusal::Known(OAuthErrorCode::UnauthorizedClient, description));
    }
    if let Some(scope) = form.get("scope") {
        let wanted: Vec<_> = scope.split_whitespace().collect();
        let held = |name: &&str| permissions.iter().any(|permission| permission.as_str() == *name);
        if !wanted.iter().all(held) {
            return Err(invalid_scope());
        }
        permissions.retain(|permission| wanted.contains(&permission.as_str()));
    }
    Ok(issue::for_client(visit.site, client.id, &permissions).await?)
}

/// The authorization, where the exchange was good. That something is presented twice is written down.
async fn exchanged(
    db: &Db,
    visitor: &Client,
    client: &AuthenticatedClient,
    exchange: Exchange,
) -> Result<Box<Grant>, Refusal> {
    match exchange {
        Exchange::Done { grant } => Ok(grant),
        Exchange::Refused => Err(invalid_grant()),
        Exchange::InvalidScope => Err(invalid_scope()),
        Exchange::Reused { user_id, session_id } => {
            tracing::warn!(client_id = %client.id, %session_id, "a client's code or refresh token was reused");
            let event = Event::refused(SecurityEventKind::ClientTokenReused, ProblemCode::TokenInvalid);
            let event = event.account(user_id).session(Some(session_id));
            security_log::record(db, visitor, event.client(client.id, Some(client.name.clone()))).await?;
            Err(invalid_grant())
        }
    }
}

fn invalid_grant() -> Refusal {
    Refusal::Known(
        OAuthErrorCode::InvalidGrant,
        "it is unknown, spent, expired, another client's, or was ended",
    )
}

fn invalid_scope() -> Refusal {
    Refusal::Known(OAuthErrorCode::InvalidScope, "scope names more than was allowed")
}
