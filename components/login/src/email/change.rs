//! `POST /api/core/v1/auth/email/change`

use contract::{ChangeEmailRequest, EmailChange, FieldCode, SecurityEventKind};
use credentials::{OpaqueToken, TokenKind, os_rng};
use http::StatusCode;
use mail::Message;
use platform::{
    Result, clock,
    extract::Json,
    openapi::{CallerProblems, InputProblems, PasswordProblems, RateProblems, ServerProblems},
    problem::refuse_field,
};
use store::{Caller, email_confirmation, email_link, security_log::Event};

use super::LIFETIME;
use crate::{attempts, letter, links, owner, visit::Visit};

/// Asks for another address
///
/// The current password is the proof that the owner is at the keyboard. The new address counts once the link that is
/// mailed there is opened; the present one is told. To an address of another account goes another mail; the answer is
/// the same. Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/email/change",
    tag = "email",
    request_body = ChangeEmailRequest,
    responses(
        (status = 202, description = "The mails are on their way"),
        CallerProblems,
        InputProblems,
        PasswordProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn change_email(
    caller: Caller,
    visit: Visit,
    Json(request): Json<ChangeEmailRequest>,
) -> Result<StatusCode> {
    let asked = request.parse()?;
    let sent = send_link(&caller, &visit, &asked).await;
    caller.record(Event::of(SecurityEventKind::EmailChangeRequested, &sent)).await?;
    sent.map(|()| StatusCode::ACCEPTED)
}

async fn send_link(caller: &Caller, visit: &Visit, asked: &EmailChange) -> Result<()> {
    owner::prove(caller, "current_password", &asked.current_password).await?;
    let (Caller { me, db, .. }, Visit { site, client, language }) = (caller, visit);
    let new = &asked.new_email;
    // Of another account's address nothing is told.
    if *new == me.email {
        return Err(refuse_field("new_email", FieldCode::Taken));
    }
    attempts::count_email_change(db, client, me.id, new).await?;
    let holder = email_link::find_holder(db, new).await?;
    let token = OpaqueToken::generate(TokenKind::Link, &mut os_rng());
    let (link, sign_in, owner) =
        (links::confirm_email(site, &token), links::sign_in(site), letter::reader(me));
    let (reader, message) = match &holder {
        None => (&owner, Message::EmailVerification { link: &link }),
        Some(holder) => (holder, Message::EmailInUse { sign_in: &sign_in }),
    };
    let requested = Message::EmailChangeRequested { new_email: new.as_str() };
    let mails = [
        letter::write(new, Some(reader), *language, &message)?,
        letter::write(&me.email, Some(&owner), *language, &requested)?,
    ];
    let now = clock::now();
    Ok(email_confirmation::issue(db, me.id, token.hash(), new, &mails, now, now + LIFETIME).await?)
}
