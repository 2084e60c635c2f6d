//! `POST /api/core/v1/auth/sign-up`

use chrono::TimeDelta;
use contract::{FieldCode, ProblemCode, SecurityEventKind, SignUpRequest};
use credentials::{OpaqueToken, TokenKind, os_rng};
use http::StatusCode;
use mail::Message;
use platform::{
    Result, clock,
    config::SignUp,
    db::Db,
    extract::Json,
    openapi::{InputProblems, RateProblems, ServerProblems},
    problem::refuse_field,
};
use store::{
    email_link,
    security_log::{self, Event},
    sign_up,
};

use crate::{
    attempts::{self, MailOccasion},
    letter, links,
    visit::Visit,
};

/// As the mail says.
const LIFETIME: TimeDelta = TimeDelta::hours(24);

/// Asks for an account
///
/// By a link that is mailed to the address: the account is made when it is opened, so nobody has one for an address
/// of somebody else. To an address with an account goes another mail; the answer is the same, and takes as long.
/// Permission: none.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/sign-up",
    tag = "sign-up",
    request_body = SignUpRequest,
    responses(
        (status = 202, description = "A mail is on its way"),
        (status = 403, body = contract::Problem, content_type = "application/problem+json",
            description = "`sign_up_closed`: accounts are by invitation only. `cross_site_request`"),
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn sign_up(
    Visit { site, client, language }: Visit,
    db: Db,
    Json(request): Json<SignUpRequest>,
) -> Result<StatusCode> {
    let rule = SignUp::get().await?;
    if *rule == SignUp::Closed {
        return Err(ProblemCode::SignUpClosed.into());
    }
    let email = request.parse()?;
    if !rule.admits(&email) {
        return Err(refuse_field("email", FieldCode::DomainNotAllowed));
    }
    attempts::count_mail(&db, &client, MailOccasion::SignUp, &email).await?;
    let holder = email_link::find_holder(&db, &email).await?;
    let token = OpaqueToken::generate(TokenKind::Link, &mut os_rng());
    let (link, sign_in, forgot) =
        (links::sign_up(site, &token), links::sign_in(site), links::forgot_password(site));
    let message = match holder {
        None => Message::SignUp { link: &link },
        Some(_) => Message::AlreadySignedUp { sign_in: &sign_in, forgot_password: &forgot },
    };
    let mail = letter::write(&email, holder.as_ref(), language, &message)?;
    let now = clock::now();
    sign_up::issue(&db, &email, token.hash(), &mail, now, now + LIFETIME).await?;
    let event = Event::success(SecurityEventKind::SignUpRequested).typed(&email);
    security_log::record(&db, &client, event).await?;
    Ok(StatusCode::ACCEPTED)
}
