//! `GET /api/core/v1/roles`

use axum::Json;
use contract::{Page, Permission, Role};
use platform::{
    Result,
    openapi::{CallerProblems, ServerProblems},
};
use store::{Caller, roles};

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
pub async fn roles(caller: Caller) -> Result<Json<Page<Role>>> {
    caller.require(Permission::RolesRead)?;
    Ok(Json(Page { items: roles::list(&caller.db).await?, next_cursor: None }))
}
