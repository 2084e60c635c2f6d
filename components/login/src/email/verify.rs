//! `POST /api/core/v1/auth/email/verify`

use credentials::{OpaqueToken, TokenKind, os_rng};
use http::StatusCode;
use mail::Message;
use platform::{
    Result, clock,
    openapi::{CallerProblems, RateProblems, ServerProblems},
};
use store::{Caller, email_confirmation};

use super::LIFETIME;
use crate::{attempts, letter, links, visit::Visit};

/// Sends a link that proves the caller's address
///
/// By mail, to that address. Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/email/verify",
    tag = "email",
    responses(
        (status = 202, description = "The mail is on its way"),
        CallerProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn verify_email(caller: Caller, Visit { site, client, language }: Visit) -> Result<StatusCode> {
    let Caller { me, db, .. } = &caller;
    attempts::count_own_mail(db, &client, me.id).await?;
    let token = OpaqueToken::generate(TokenKind::Link, &mut os_rng());
    let message = Message::EmailVerification { link: &links::confirm_email(site, &token) };
    let mail = letter::write(&me.email, Some(&letter::reader(me)), language, &message)?;
    let now = clock::now();
    email_confirmation::issue(db, me.id, token.hash(), &me.email, &[mail], now, now + LIFETIME).await?;
    Ok(StatusCode::ACCEPTED)
}
