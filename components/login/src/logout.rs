//! `POST /api/core/v1/auth/logout`

use axum::response::{IntoResponse, Response};
use contract::{RefreshRequest, SecurityEventKind};
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
use store::{
    security_log::{self, Event},
    session::{self, Ended},
};

use crate::{refresh, tokens, visit::Visit};

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
    Visit { client, .. }: Visit,
    db: Db,
    Json(request): Json<RefreshRequest>,
) -> Result<Response> {
    let now = clock::now();
    let (mut ended, mut revoked): (Vec<Ended>, Vec<_>) = Default::default();
    if let Ok(AccessToken(claims)) = access {
        ended.extend(session::end(&db, claims.session_id, now).await?);
        // Once more, where it has ended already and that failed.
        revoked.push(claims.session_id);
    }
    if let Ok((token, _)) = refresh::presented(&headers, &request) {
        ended.extend(session::end_by_token(&db, token.hash(), now).await?);
    }
    for Ended { id, user_id } in ended {
        let event = Event::success(SecurityEventKind::SignOut).account(user_id).session(Some(id));
        security_log::record(&db, &client, event).await?;
        if !revoked.contains(&id) {
            revoked.push(id);
        }
    }
    revocation::revoke(&revoked).await?;
    tokens::clear(StatusCode::NO_CONTENT.into_response())
}
