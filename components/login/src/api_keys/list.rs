//! `GET /api/core/v1/auth/api-keys`

use axum::Json;
use contract::{ApiKey, Page};
use platform::{
    Result,
    openapi::{CallerProblems, ServerProblems},
};
use store::{Caller, api_key};

/// Lists the caller's API keys
///
/// All of them, the newest first, expired ones included; never the keys themselves. Permission: none beyond being
/// signed in.
#[utoipa::path(
    get,
    path = "/api/core/v1/auth/api-keys",
    tag = "api keys",
    responses((status = 200, body = Page<ApiKey>, description = "The keys"), CallerProblems, ServerProblems),
)]
pub async fn list_api_keys(caller: Caller) -> Result<Json<Page<ApiKey>>> {
    Ok(Json(Page { items: api_key::list(&caller.db, caller.me.id).await?, next_cursor: None }))
}
