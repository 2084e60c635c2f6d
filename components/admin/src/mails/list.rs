//! `GET /api/core/v1/admin/mails`

use axum::Json;
use contract::{Email, MailState, OutboxMail, Page};
use platform::{
    Result, cursor,
    extract::Query,
    openapi::{CallerProblems, QueryProblems, ServerProblems},
};
use store::{
    Caller, may,
    outbox::{self, Filter},
};
use uuid::Uuid;

/// Lists the outbox
///
/// The newest first, and how far each has come, without what they say: opening one is another question.
/// Permission: `mail:read`.
#[utoipa::path(
    get,
    path = "/api/core/v1/admin/mails",
    tag = "mail",
    params(
        ("filter[recipient]" = Option<String>, Query, description = "Only mails to that address", example = "ada@example.org"),
        ("filter[state]" = Option<MailState>, Query, description = "Only mails that have come so far"),
        ("limit" = Option<u8>, Query, description = "1 to 100 items, 25 unless told", example = 25),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
    ),
    responses(
        (status = 200, body = Page<OutboxMail>, description = "A page of mails"),
        CallerProblems,
        QueryProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("mail:read"))),
)]
pub async fn list_mails(caller: Caller<may::MailRead>, query: Query) -> Result<Json<Page<OutboxMail>>> {
    let (filter, limit, cursor) = cursor::parse_with(query, |parameters| Filter {
        recipient: parameters.take("filter[recipient]", Email::parse),
        state: parameters.take("filter[state]", MailState::parse),
    })?;
    let before: Option<Uuid> = cursor.map(|text| cursor::decode(&text)).transpose()?;
    let mails = outbox::list(&caller.db, &filter, before, cursor::fetch(limit)).await?;
    Ok(Json(cursor::page(mails, limit, |last| last.id)?))
}
