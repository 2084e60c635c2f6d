//! `GET /api/core/v1/auth/passkeys`

use axum::Json;
use contract::{Page, Passkey};
use platform::{
    Result,
    openapi::{CallerProblems, ServerProblems},
};
use store::{Caller, Enrolling, passkey};

/// Lists the caller's passkeys
///
/// All of them, the newest first. Permission: none beyond being signed in.
#[utoipa::path(
    get,
    path = "/api/core/v1/auth/passkeys",
    tag = "passkeys",
    responses((status = 200, body = Page<Passkey>, description = "The passkeys"), CallerProblems, ServerProblems),
)]
pub async fn list_passkeys(caller: Caller<Enrolling>) -> Result<Json<Page<Passkey>>> {
    Ok(Json(Page { items: passkey::list(&caller.db, caller.me.id).await?, next_cursor: None }))
}
