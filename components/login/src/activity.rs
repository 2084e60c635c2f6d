//! `GET /api/core/v1/auth/activity`

use axum::Json;
use contract::{Page, SecurityEvent};
use platform::{
    Result, cursor,
    extract::Query,
    openapi::{CallerProblems, QueryProblems, ServerProblems},
};
use store::{Caller, security_log};
use uuid::Uuid;

/// Lists what happened to the caller's account
///
/// Sign-ins and whatever else the security log has of it, the newest first. Permission: none beyond being signed in.
#[utoipa::path(
    get,
    path = "/api/core/v1/auth/activity",
    tag = "security",
    params(
        ("limit" = Option<u8>, Query, description = "1 to 100 items, 25 unless told", example = 25),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
    ),
    responses(
        (status = 200, body = Page<SecurityEvent>, description = "A page of events"),
        CallerProblems,
        QueryProblems,
        ServerProblems,
    ),
)]
pub async fn activity(caller: Caller, query: Query) -> Result<Json<Page<SecurityEvent>>> {
    let (limit, cursor) = cursor::parse(query)?;
    let before: Option<Uuid> = cursor.map(|text| cursor::decode(&text)).transpose()?;
    let events = security_log::list_own(&caller.db, caller.me.id, before, cursor::fetch(limit)).await?;
    Ok(Json(cursor::page(events, limit, |last| last.id)?))
}
