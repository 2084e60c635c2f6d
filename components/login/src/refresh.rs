//! `POST /api/core/v1/auth/refresh`

use axum::response::Response;
use contract::{ProblemCode, RefreshRequest, SecurityEventKind, TokenGrant, Transport};
use credentials::{OpaqueToken, TokenKind, os_rng};
use http::HeaderMap;
use platform::{
    Error, Result, access_token, clock,
    db::Db,
    extract::Json,
    openapi::{InputProblems, OriginProblems, RateProblems, ServerProblems},
    revocation,
};
use store::{
    security_log::{self, Event},
    session::{self, RefreshOutcome},
};

use crate::{
    attempts, grant,
    tokens::{REFRESH_COOKIE, Tokens},
    visit::Visit,
};

/// Renews the access token
///
/// The refresh token, from the cookie or the body, is good for this once: the answer has the next, by the
/// same way. Presenting a spent one ends the session, because somebody has a copy. Permission: none.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/refresh",
    tag = "auth",
    request_body = RefreshRequest,
    responses(
        (status = 200, body = TokenGrant, description = "Renewed"),
        (status = 401, body = contract::Problem, content_type = "application/problem+json",
            description = "`unauthenticated`: no token. `token_invalid`: malformed. `session_ended`: unknown, expired, \
                spent before, or of an ended session"),
        OriginProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn refresh(
    Visit { site, client, .. }: Visit,
    db: Db,
    headers: HeaderMap,
    Json(request): Json<RefreshRequest>,
) -> Result<Response> {
    let (token, transport) = presented(&headers, &request)?;
    let now = clock::now();
    let next = OpaqueToken::generate(TokenKind::Refresh, &mut os_rng());
    let Some(refresh) = session::refresh(&db, token.hash(), next.hash(), &client, now).await? else {
        attempts::count_anonymous(&db, &client).await?;
        return Err(ProblemCode::SessionEnded.into());
    };
    match refresh.outcome {
        RefreshOutcome::Rotated => {
            let access = grant::sign(site, refresh.user_id, refresh.session_id, refresh.roles, now).await?;
            let session_seconds = (refresh.expires_at - now).num_seconds();
            Tokens { session_id: refresh.session_id, access, refresh: next, session_seconds }
                .into_response(transport)
        }
        RefreshOutcome::Reused => {
            tracing::warn!(session_id = %refresh.session_id, "refresh token reused, session ended");
            let event = Event::refused(SecurityEventKind::RefreshTokenReused, ProblemCode::SessionEnded);
            let event = event.account(refresh.user_id).session(Some(refresh.session_id));
            security_log::record(&db, &client, event).await?;
            revocation::revoke(&[refresh.session_id]).await?;
            Err(ProblemCode::SessionEnded.into())
        }
        RefreshOutcome::Raced => Err(Error::RefusedWith {
            code: ProblemCode::SessionEnded,
            detail: "another request renewed this session at the same moment".to_owned(),
        }),
    }
}

/// The refresh token of the body, or else of the cookie; the answer goes the way that it came.
pub fn presented(headers: &HeaderMap, request: &RefreshRequest) -> Result<(OpaqueToken, Transport)> {
    let cookie = || access_token::cookie(headers, REFRESH_COOKIE).map(|token| (token, Transport::Cookie));
    let body = request.refresh_token.as_deref().map(|token| (token, Transport::Bearer));
    let (text, transport) = body.or_else(cookie).ok_or(ProblemCode::Unauthenticated)?;
    let token = OpaqueToken::parse(TokenKind::Refresh, text).map_err(|_| ProblemCode::TokenInvalid)?;
    Ok((token, transport))
}
