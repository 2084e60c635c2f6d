//! `POST /api/core/v1/auth/logout`

use axum::response::{IntoResponse, Response};
use contract::{RefreshRequest, SessionId};
use http::{HeaderMap, StatusCode};
use platform::{
    Result,
    access_token::AccessToken,
    clock,
    db::Db,
    extract::Json,
    openapi::{InputProblems, OriginProblems, ServerProblems},
    revocation,
};
use store::session;

use crate::{refresh, tokens};

/// Signs out
///
/// Ends the session of the access token, of the refresh token, or of both, and clears the cookies. Signing out
/// twice, or without a session, is no error. Permission: none.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/logout",
    tag = "auth",
    request_body = RefreshRequest,
    responses(
        (status = 204, description = "Signed out"),
        OriginProblems,
        InputProblems,
        ServerProblems,
    ),
)]
pub async fn logout(
    access: Result<AccessToken>,
    headers: HeaderMap,
    db: Db,
    Json(request): Json<RefreshRequest>,
) -> Result<Response> {
    let now = clock::now();
    let mut ended: Vec<SessionId> = Vec::new();
    if let Ok(AccessToken(claims)) = access {
        session::end(&db, claims.session_id, now).await?;
        ended.push(claims.session_id);
    }
    if let Ok((token, _)) = refresh::presented(&headers, &request) {
        ended.extend(session::end_by_token(&db, token.hash(), now).await?);
    }
    revocation::revoke(&ended).await?;
    tokens::clear(StatusCode::NO_CONTENT.into_response())
}
