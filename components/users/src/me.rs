//! `GET /api/core/v1/me`

use axum::Json;
use contract::Me;
use platform::openapi::{CallerProblems, ServerProblems};
use store::{Caller, Enrolling};

/// Who is calling
///
/// The caller's own account, its roles and what they allow. Permission: none beyond being signed in.
#[utoipa::path(
    get,
    path = "/api/core/v1/me",
    tag = "me",
    responses((status = 200, body = Me, description = "The caller"), CallerProblems, ServerProblems),
)]
pub async fn me(caller: Caller<Enrolling>) -> Json<Me> {
    Json(caller.me)
}
