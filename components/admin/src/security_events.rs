//! `GET /api/core/v1/admin/security-events`

use axum::Json;
use contract::{FieldCode, FieldRule, Page, SecurityEvent, SecurityEventKind, SecurityOutcome, UserId};
use platform::{
    Result, cursor,
    extract::Query,
    openapi::{CallerProblems, QueryProblems, ServerProblems},
};
use store::{
    Caller, may,
    security_log::{self, Filter},
};
use uuid::Uuid;

/// Lists the security log
///
/// What happened to accounts, or was tried, the newest first. Permission: `security:read`.
#[utoipa::path(
    get,
    path = "/api/core/v1/admin/security-events",
    tag = "security",
    params(
        ("filter[kind]" = Option<SecurityEventKind>, Query, description = "Only events of that kind"),
        ("filter[user]" = Option<UserId>, Query, description = "Only events about that account"),
        ("filter[outcome]" = Option<SecurityOutcome>, Query, description = "Only events that ended so"),
        ("limit" = Option<u8>, Query, description = "1 to 100 items, 25 unless told", example = 25),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
    ),
    responses(
        (status = 200, body = Page<SecurityEvent>, description = "A page of events"),
        CallerProblems,
        QueryProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("security:read"))),
)]
pub async fn list_security_events(
    caller: Caller<may::SecurityRead>,
    query: Query,
) -> Result<Json<Page<SecurityEvent>>> {
    let (filter, limit, cursor) = cursor::parse_with(query, |parameters| Filter {
        kind: parameters.take("filter[kind]", SecurityEventKind::parse),
        user: parameters.take("filter[user]", parse_user),
        outcome: parameters.take("filter[outcome]", SecurityOutcome::parse),
    })?;
    let before: Option<Uuid> = cursor.map(|text| cursor::decode(&text)).transpose()?;
    let events = security_log::list(&caller.db, &filter, before, cursor::fetch(limit)).await?;
    Ok(Json(cursor::page(events, limit, |last| last.id)?))
}

fn parse_user(text: &str) -> Result<UserId, FieldRule> {
    text.parse().map_err(|_| FieldRule::new(FieldCode::InvalidFormat))
}
