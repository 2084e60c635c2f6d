//! `PATCH /api/core/v1/users/{id}`

use axum::response::Response;
use contract::{Permission, RoleName, UpdateUser, User, UserId};
use http::StatusCode;
use platform::{
    Result, clock,
    extract::{IfMatch, Json, Path},
    openapi::{AddressProblems, CallerProblems, ConditionProblems, InputProblems, ServerProblems},
};
use store::{Caller, may, roles, users::update};

use crate::respond;

/// Changes an account
///
/// At the version that `If-Match` names; an absent field stays as it is. Changing roles needs `roles:grant` too,
/// everything that the roles given or taken allow, and a fresh proof. Permission: `users:write`.
#[utoipa::path(
    patch,
    path = "/api/core/v1/users/{id}",
    tag = "users",
    params(
        ("id" = UserId, Path, description = "The account"),
        ("If-Match" = String, Header, description = "The `ETag` that the account was read with", example = "\"1\""),
    ),
    request_body = UpdateUser,
    responses(
        (status = 200, body = User, description = "As changed", headers(("ETag" = String, description = "Its version"))),
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`last_administrator`: nobody would be left to administer"),
        CallerProblems,
        AddressProblems,
        ConditionProblems,
        InputProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("users:write"))),
)]
pub async fn update(
    caller: Caller<may::UsersWrite>,
    Path(id): Path<UserId>,
    IfMatch(version): IfMatch,
    Json(request): Json<UpdateUser>,
) -> Result<Response> {
    let changes = request.parse()?;
    if let Some(wanted) = &changes.roles {
        check_role_change(&caller, id, wanted).await?;
    }
    let user =
        update::update(&caller.db, id, version, &changes, clock::now()).await?.map_err(respond::refused)?;
    Ok(respond::user(StatusCode::OK, &user))
}

/// Sending the roles back unchanged needs no right to change them.
async fn check_role_change(caller: &Caller<may::UsersWrite>, id: UserId, wanted: &[RoleName]) -> Result<()> {
    let moved = roles::moved(&caller.db, id, wanted).await?;
    if moved.changed {
        caller.require(Permission::RolesGrant)?;
        caller.require_all(moved.permissions)?;
        caller.require_proof()?;
    }
    Ok(())
}
