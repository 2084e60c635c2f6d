//! `POST /api/core/v1/users`

use axum::response::Response;
use contract::{CreateUser, NewUser, PasswordStrength, Permission, SecurityEventKind, User, UserId};
use credentials::{PasswordHash, os_rng};
use http::StatusCode;
use platform::{
    Result, clock, config,
    extract::Json,
    openapi::{CallerProblems, InputProblems, RateProblems, ServerProblems},
};
use store::{Caller, may, rate_limit, roles, security_log::Event, users::create};
use uuid::Uuid;

use crate::respond;

/// Creates an account
///
/// With its first password. Giving it roles needs `roles:grant` too, everything that they allow, and a fresh proof.
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
        RateProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("users:write"))),
)]
pub async fn create(caller: Caller<may::UsersWrite>, Json(request): Json<CreateUser>) -> Result<Response> {
    let user = request.parse()?;
    let created = create_account(&caller, &user).await;
    let event = Event::of(SecurityEventKind::UserCreated, &created).typed(&user.email);
    caller.record(event.roles(user.roles.clone(), Vec::new())).await?;
    Ok(respond::user(StatusCode::CREATED, &created?))
}

async fn create_account(caller: &Caller<may::UsersWrite>, user: &NewUser) -> Result<User> {
    caller.count_change().await?;
    let id = UserId(Uuid::now_v7());
    if !user.roles.is_empty() {
        caller.require(Permission::RolesGrant)?;
        let given = roles::moved(&caller.db, id, &user.roles).await?;
        caller.require_all(given.permissions)?;
        caller.require_proof()?;
    }
    rate_limit::count_password_work(&caller.db, config::password_hashes_per_second().await?).await?;
    PasswordStrength::require("password", &user.password, &user.email, &user.display_name)?;
    let hash = PasswordHash::new(&user.password, &mut os_rng());
    create::create(&caller.db, id, user, &hash, clock::now()).await?.map_err(respond::refused)
}
