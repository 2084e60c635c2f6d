//! `POST /api/core/v1/admin/mails/{id}/retry`

use axum::Json;
use contract::{OutboxMail, ProblemCode, SecurityEventKind};
use platform::{
    Result, clock,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, ServerProblems, StateProblems},
};
use store::{
    Caller, may,
    outbox::{self, Retry},
    security_log::Event,
};
use uuid::Uuid;

/// Sends a mail again
///
/// One that has failed: it is queued for the next tick, with all its attempts before it, unless the link in it does
/// nothing any more. Permission: `mail:send`.
#[utoipa::path(
    post,
    path = "/api/core/v1/admin/mails/{id}/retry",
    tag = "mail",
    params(("id" = Uuid, Path, description = "The mail")),
    responses(
        (status = 200, body = OutboxMail, description = "As it is now: queued"),
        CallerProblems,
        AddressProblems,
        StateProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("mail:send"))),
)]
pub async fn retry_mail(caller: Caller<may::MailSend>, Path(id): Path<Uuid>) -> Result<Json<OutboxMail>> {
    let mail = retry(&caller, id).await;
    let event = Event::of(SecurityEventKind::MailRetried, &mail);
    caller.record(event.typed(mail.as_ref().ok().map(|mail| &mail.recipient))).await?;
    mail.map(Json)
}

async fn retry(caller: &Caller<may::MailSend>, id: Uuid) -> Result<OutboxMail> {
    match outbox::retry(&caller.db, id, clock::now()).await? {
        Retry::Done { mail } => Ok(mail),
        Retry::LinkOver => Err(ProblemCode::MailLinkExpired.into()),
        Retry::NotFailed => Err(ProblemCode::MailNotFailed.into()),
        Retry::NotFound => Err(ProblemCode::NotFound.into()),
    }
}
