//! `POST /api/core/v1/users/{id}/unlock`

use axum::response::Response;
use contract::{SecurityEventKind, User, UserId, UserStatus};
use http::StatusCode;
use platform::{
    Result, clock,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, RateProblems, ServerProblems},
};
use store::{
    Caller, Proven, may,
    security_log::Event,
    users::status::{self, StatusSet},
};

use crate::respond;

/// Unlocks an account
///
/// It may be signed in to again. Unlocking an active account changes nothing. Asks for a fresh proof.
/// Permission: `users:write`.
#[utoipa::path(
    post,
    path = "/api/core/v1/users/{id}/unlock",
    tag = "users",
    params(("id" = UserId, Path, description = "The account")),
    responses(
        (status = 200, body = User, description = "Active", headers(("ETag" = String, description = "Its version"))),
        CallerProblems,
        AddressProblems,
        RateProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("users:write"))),
)]
pub async fn unlock(caller: Caller<Proven<may::UsersWrite>>, Path(id): Path<UserId>) -> Result<Response> {
    let unlocked = unlock_account(&caller, id).await;
    caller.record(Event::of(SecurityEventKind::UserUnlocked, &unlocked).account(id)).await?;
    Ok(respond::user(StatusCode::OK, &unlocked?.user))
}

async fn unlock_account(caller: &Caller<Proven<may::UsersWrite>>, id: UserId) -> Result<StatusSet> {
    caller.count_change().await?;
    status::set(&caller.db, id, UserStatus::Active, clock::now()).await?.map_err(respond::refused)
}
