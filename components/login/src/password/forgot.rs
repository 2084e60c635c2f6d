//! `POST /api/core/v1/auth/password/forgot`

use chrono::TimeDelta;
use contract::{Email, ForgotPasswordRequest, SecurityEventKind};
use credentials::{OpaqueToken, TokenKind, os_rng};
use http::StatusCode;
use mail::Message;
use platform::{
    Result, clock,
    db::Db,
    extract::Json,
    openapi::{InputProblems, OriginProblems, RateProblems, ServerProblems},
};
use store::{
    email_link,
    security_log::{self, Event},
};

use crate::{
    attempts::{self, MailOccasion},
    letter, links,
    visit::Visit,
};

/// As the mail says.
const LIFETIME: TimeDelta = TimeDelta::minutes(30);

/// Sends a link to choose a new password
///
/// By mail, to the address, if an account that may be used has it. The answer is the same where none has, and so are the
/// statements, of which one then writes nothing. Permission: none.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/password/forgot",
    tag = "password",
    request_body = ForgotPasswordRequest,
    responses(
        (status = 202, description = "If there is such an account, the mail is on its way"),
        OriginProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn forgot_password(
    visit: Visit,
    db: Db,
    Json(request): Json<ForgotPasswordRequest>,
) -> Result<StatusCode> {
    let email = request.parse()?;
    let sent = send_link(&visit, &db, &email).await;
    let event = Event::of(SecurityEventKind::PasswordForgotten, &sent).typed(&email);
    security_log::record(&db, &visit.client, event).await?;
    sent.map(|()| StatusCode::ACCEPTED)
}

async fn send_link(Visit { site, client, language }: &Visit, db: &Db, email: &Email) -> Result<()> {
    attempts::count_mail(db, client, MailOccasion::Reset, email).await?;
    let reader = email_link::find_reader(db, email).await?;
    let token = OpaqueToken::generate(TokenKind::Link, &mut os_rng());
    let message = Message::PasswordReset { link: &links::reset_password(site, &token) };
    let mail = letter::write(email, reader.as_ref(), *language, &message)?;
    let account = reader.map(|reader| reader.user_id);
    let now = clock::now();
    Ok(email_link::issue_password_reset(db, account, token.hash(), &mail, now, now + LIFETIME).await?)
}
