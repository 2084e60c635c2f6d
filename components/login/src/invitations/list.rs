//! `GET /api/core/v1/auth/invitations`

use axum::Json;
use contract::{Invitation, InvitationId, Page};
use platform::{
    Result, clock, cursor,
    extract::Query,
    openapi::{CallerProblems, QueryProblems, ServerProblems},
};
use store::{Caller, invitation, may};

/// Lists the invitations
///
/// Those that can still be accepted, the newest first. Permission: `users:read`.
#[utoipa::path(
    get,
    path = "/api/core/v1/auth/invitations",
    tag = "invitations",
    params(
        ("limit" = Option<u8>, Query, description = "1 to 100 items, 25 unless told", example = 25),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
    ),
    responses(
        (status = 200, body = Page<Invitation>, description = "A page of invitations"),
        CallerProblems,
        QueryProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("users:read"))),
)]
pub async fn list_invitations(
    caller: Caller<may::UsersRead>,
    query: Query,
) -> Result<Json<Page<Invitation>>> {
    let (limit, cursor) = cursor::parse(query)?;
    let before: Option<InvitationId> = cursor.map(|text| cursor::decode(&text)).transpose()?;
    let open = invitation::list(&caller.db, before, cursor::fetch(limit), clock::now()).await?;
    Ok(Json(cursor::page(open, limit, |last| last.id)?))
}
