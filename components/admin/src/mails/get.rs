//! `GET /api/core/v1/admin/mails/{id}`

use axum::Json;
use contract::{OpenedMail, ProblemCode, SecurityEventKind};
use platform::{
    Result,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, ServerProblems},
};
use store::{
    Caller, Proven, may,
    outbox::{self, Letter},
    security_log::Event,
};
use uuid::Uuid;

/// Opens a mail
///
/// With its text, and so its links, until it is sent: whoever opens one can do what its recipient can. So it is for
/// somebody who is signed in, not for an API key or an application; it needs everything that the recipient's account
/// may do, or that an invitation offers, and a fresh proof; and the security log has it. Permission: `mail:read`.
#[utoipa::path(
    get,
    path = "/api/core/v1/admin/mails/{id}",
    tag = "mail",
    params(("id" = Uuid, Path, description = "The mail")),
    responses(
        (status = 200, body = OpenedMail, description = "The mail"),
        CallerProblems,
        AddressProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("mail:read"))),
)]
pub async fn get_mail(
    caller: Caller<Proven<may::MailRead>>,
    Path(id): Path<Uuid>,
) -> Result<Json<OpenedMail>> {
    let Letter { mail, permissions } = outbox::get(&caller.db, id).await?.ok_or(ProblemCode::NotFound)?;
    let allowed = caller.require_session().and_then(|()| caller.require_all(permissions));
    let event = Event::of(SecurityEventKind::MailRead, &allowed);
    caller.record(event.typed(&mail.mail.recipient)).await?;
    allowed.map(|()| Json(mail))
}
