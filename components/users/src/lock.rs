//! `POST /api/core/v1/users/{id}/lock`

use axum::response::Response;
use contract::{SecurityEventKind, User, UserId, UserStatus};
use http::StatusCode;
use platform::{
    Result, clock,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, RateProblems, ServerProblems},
    revocation,
};
use store::{
    Caller, Proven, may,
    security_log::Event,
    users::status::{self, StatusSet},
};

use crate::respond;

/// Locks an account
///
/// Its sessions end at once, everywhere. Locking a locked account changes nothing. Asks for a fresh proof.
/// Permission: `users:write`.
#[utoipa::path(
    post,
    path = "/api/core/v1/users/{id}/lock",
    tag = "users",
    params(("id" = UserId, Path, description = "The account")),
    responses(
        (status = 200, body = User, description = "Locked", headers(("ETag" = String, description = "Its version"))),
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`last_administrator`: nobody would be left to administer"),
        CallerProblems,
        AddressProblems,
        RateProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("users:write"))),
)]
pub async fn lock(caller: Caller<Proven<may::UsersWrite>>, Path(id): Path<UserId>) -> Result<Response> {
    let locked = lock_account(&caller, id).await;
    caller.record(Event::of(SecurityEventKind::UserLocked, &locked).account(id)).await?;
    let locked = locked?;
    revocation::revoke(&locked.ended_sessions).await?;
    Ok(respond::user(StatusCode::OK, &locked.user))
}

async fn lock_account(caller: &Caller<Proven<may::UsersWrite>>, id: UserId) -> Result<StatusSet> {
    caller.count_change().await?;
    status::set(&caller.db, id, UserStatus::Locked, clock::now()).await?.map_err(respond::refused)
}
