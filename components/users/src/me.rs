//! `GET /api/core/v1/me`

use axum::Json;
use contract::Me;
use platform::openapi::{CallerProblems, ServerProblems};
use store::{ByAnyMeans, Caller};

/// Who is calling
///
/// The caller's own account, its roles and what they allow, or an API key of it. Permission: none beyond being signed
/// in, or an API key.
#[utoipa::path(
    get,
    path = "/api/core/v1/me",
    tag = "me",
    responses((status = 200, body = Me, description = "The caller"), CallerProblems, ServerProblems),
)]
pub async fn me(caller: Caller<ByAnyMeans>) -> Json<Me> {
    Json(caller.me)
}
