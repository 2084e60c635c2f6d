//! `GET /api/core/v1/auth/identities`

use axum::Json;
use contract::{Identity, Page};
use platform::{
    Result,
    openapi::{CallerProblems, ServerProblems},
};
use store::{Caller, Enrolling, identity};

/// Lists the caller's identities
///
/// The accounts elsewhere that sign in to this one, the oldest first. Permission: none beyond being signed in.
#[utoipa::path(
    get,
    path = "/api/core/v1/auth/identities",
    tag = "identities",
    responses(
        (status = 200, body = Page<Identity>, description = "The linked identities"),
        CallerProblems,
        ServerProblems,
    ),
)]
pub async fn list_identities(caller: Caller<Enrolling>) -> Result<Json<Page<Identity>>> {
    let items = identity::list(&caller.db, caller.me.id).await?;
    Ok(Json(Page { items, next_cursor: None }))
}
