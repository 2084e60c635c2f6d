//! `GET /api/core/v1/users/{id}/sessions`

use axum::Json;
use contract::{Page, ProblemCode, Session, UserId};
use platform::{
    Result, clock,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, ServerProblems},
};
use store::{Caller, may, users::sessions};

/// Lists an account's sessions
///
/// Where it is signed in, the last used first; a hundred at the most. Addresses and devices are its owner's affair, so
/// only those see them who may end the sessions. Permission: `users:write`.
#[utoipa::path(
    get,
    path = "/api/core/v1/users/{id}/sessions",
    tag = "users",
    params(("id" = UserId, Path, description = "The account")),
    responses(
        (status = 200, body = Page<Session>, description = "The open sessions"),
        CallerProblems,
        AddressProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("users:write"))),
)]
pub async fn list_user_sessions(
    caller: Caller<may::UsersWrite>,
    Path(id): Path<UserId>,
) -> Result<Json<Page<Session>>> {
    let open = sessions::list_open(&caller.db, id, clock::now()).await?.ok_or(ProblemCode::NotFound)?;
    let items = open.into_iter().map(|open| open.shown_to(caller.session)).collect();
    Ok(Json(Page { items, next_cursor: None }))
}
