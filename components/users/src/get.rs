//! `GET /api/core/v1/users/{id}`

use axum::response::Response;
use contract::{ProblemCode, User, UserId};
use http::StatusCode;
use platform::{
    Result,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, ServerProblems},
};
use store::{Caller, may, users::get};

use crate::respond;

/// Reads an account
///
/// Its `ETag` is what an update names in `If-Match`. Permission: `users:read`.
#[utoipa::path(
    get,
    path = "/api/core/v1/users/{id}",
    tag = "users",
    params(("id" = UserId, Path, description = "The account")),
    responses(
        (status = 200, body = User, description = "The account", headers(("ETag" = String, description = "Its version"))),
        CallerProblems,
        AddressProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("users:read"))),
)]
pub async fn get(caller: Caller<may::UsersRead>, Path(id): Path<UserId>) -> Result<Response> {
    let user = get::get(&caller.db, id).await?.ok_or(ProblemCode::NotFound)?;
    Ok(respond::user(StatusCode::OK, &user))
}
