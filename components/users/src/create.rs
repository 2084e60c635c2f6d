//! `POST /api/core/v1/users`

use axum::response::Response;
use contract::{CreateUser, PasswordStrength, Permission, User, UserId};
use credentials::{PasswordHash, os_rng};
use http::StatusCode;
use platform::{
    Result, clock,
    extract::Json,
    openapi::{CallerProblems, InputProblems, ServerProblems},
};
use store::{Caller, may, roles, users::create};
use uuid::Uuid;

use crate::respond;

/// Creates an account
///
/// With its first password. Giving it roles needs `roles:grant` too, and everything that they allow.
/// Permission: `users:write`.
#[utoipa::path(
    post,
    path = "/api/core/v1/users",
    tag = "users",
    request_body = CreateUser,
    responses(
        (status = 201, body = User, description = "Created", headers(("ETag" = String, description = "Its version"))),
        CallerProblems,
        InputProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("users:write"))),
)]
pub async fn create(caller: Caller<may::UsersWrite>, Json(request): Json<CreateUser>) -> Result<Response> {
    let user = request.parse()?;
    PasswordStrength::require("password", &user.password, &user.email, &user.display_name)?;
    let id = UserId(Uuid::now_v7());
    if !user.roles.is_empty() {
        caller.require(Permission::RolesGrant)?;
        let given = roles::moved(&caller.db, id, &user.roles).await?;
        caller.require_all(given.permissions)?;
    }
    let hash = PasswordHash::new(&user.password, &mut os_rng());
    let created =
        create::create(&caller.db, id, &user, &hash, clock::now()).await?.map_err(respond::refused)?;
    Ok(respond::user(StatusCode::CREATED, &created))
}
