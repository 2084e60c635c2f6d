//! `GET /api/core/v1/roles`

use axum::Json;
use contract::{Page, Role};
use platform::{
    Result,
    openapi::{CallerProblems, ServerProblems},
};
use store::{Caller, may, roles};

/// Lists roles
///
/// All of them, by name, with what they allow. Permission: `roles:read`.
#[utoipa::path(
    get,
    path = "/api/core/v1/roles",
    tag = "roles",
    responses((status = 200, body = Page<Role>, description = "Every role"), CallerProblems, ServerProblems),
    extensions(("x-permission" = json!("roles:read"))),
)]
pub async fn roles(caller: Caller<may::RolesRead>) -> Result<Json<Page<Role>>> {
    Ok(Json(Page { items: roles::list(&caller.db).await?, next_cursor: None }))
}
