//! `PATCH /api/core/v1/roles/{name}`

use axum::Json as JsonBody;
use contract::{ProblemCode, Role, RoleName, SecurityEventKind, UpdateRole};
use platform::{
    Result,
    extract::{Json, Path},
    openapi::{AddressProblems, CallerProblems, InputProblems, RateProblems, ServerProblems},
};
use store::{Caller, Proven, may, roles, security_log::Event};

/// Changes what a role demands
///
/// Where it demands a second factor, holders without one may from now on do nothing but turn one on. Asks for a fresh
/// proof. Permission: `roles:write`.
#[utoipa::path(
    patch,
    path = "/api/core/v1/roles/{name}",
    tag = "roles",
    params(("name" = RoleName, Path, description = "The role")),
    request_body = UpdateRole,
    responses(
        (status = 200, body = Role, description = "As changed"),
        CallerProblems,
        AddressProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("roles:write"))),
)]
pub async fn update_role(
    caller: Caller<Proven<may::RolesWrite>>,
    Path(name): Path<RoleName>,
    Json(changes): Json<UpdateRole>,
) -> Result<JsonBody<Role>> {
    let role = change(&caller, &name, &changes).await;
    caller.record(Event::of(SecurityEventKind::RoleChanged, &role).role(name)).await?;
    role.map(JsonBody)
}

async fn change(
    caller: &Caller<Proven<may::RolesWrite>>,
    name: &RoleName,
    changes: &UpdateRole,
) -> Result<Role> {
    caller.count_change().await?;
    Ok(roles::update(&caller.db, name, changes).await?.ok_or(ProblemCode::NotFound)?)
}
