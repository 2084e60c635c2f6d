//! `GET /api/core/v1/auth/sessions`

use axum::Json;
use contract::{Page, Session};
use platform::{
    Result, clock,
    openapi::{CallerProblems, ServerProblems},
};
use store::{Caller, Enrolling, session};

/// Lists the caller's sessions
///
/// Where the account is signed in, the last used first; a hundred at the most. Permission: none beyond being
/// signed in.
#[utoipa::path(
    get,
    path = "/api/core/v1/auth/sessions",
    tag = "sessions",
    responses((status = 200, body = Page<Session>, description = "The open sessions"), CallerProblems, ServerProblems),
)]
pub async fn list_sessions(caller: Caller<Enrolling>) -> Result<Json<Page<Session>>> {
    let open = session::list_open(&caller.db, caller.me.id, clock::now()).await?;
    let items = open.into_iter().map(|open| open.shown_to(Some(caller.session))).collect();
    Ok(Json(Page { items, next_cursor: None }))
}
