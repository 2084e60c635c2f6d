//! `GET /api/service/v1/whoami`

use axum::Json;
use contract::WhoAmI;
use platform::{
    access_token::LiveToken,
    openapi::{CallerProblems, ServerProblems},
};

/// Who the token speaks for
///
/// Read from the token alone: its signature is checked offline with the public key, and its session against
/// the revocation cache; neither `login` nor the database is asked. Permission: none beyond being signed in.
#[utoipa::path(
    get,
    path = "/api/service/v1/whoami",
    tag = "identity",
    responses((status = 200, body = WhoAmI, description = "The token's claims"), CallerProblems, ServerProblems),
)]
pub async fn whoami(LiveToken(claims): LiveToken) -> Json<WhoAmI> {
    Json(WhoAmI {
        user_id: claims.user_id,
        session_id: claims.session_id,
        roles: claims.roles,
        expires_at: claims.expires_at,
    })
}
