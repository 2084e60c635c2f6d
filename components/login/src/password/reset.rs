//! `POST /api/core/v1/auth/password/reset`

use contract::{Password, PasswordStrength, ProblemCode, ResetPasswordRequest, SecurityEventKind};
use credentials::{OpaqueToken, PasswordHash, TokenKind, os_rng};
use http::StatusCode;
use mail::Message;
use platform::{
    Result, clock,
    db::Db,
    extract::Json,
    openapi::{InputProblems, RateProblems, ServerProblems},
    revocation,
};
use store::{
    email_link::{self, Reader},
    security_log::{self, Event},
};

use crate::{
    attempts::{self, Standing},
    letter, links,
    visit::Visit,
};

/// Chooses a new password
///
/// With the token of a mailed link, once. Every session of the account ends, every other such link too, and the
/// owner is told by mail. Permission: none, the link is the proof.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/password/reset",
    tag = "password",
    request_body = ResetPasswordRequest,
    responses(
        (status = 204, description = "The password is changed: sign in with it"),
        (status = 403, body = contract::Problem, content_type = "application/problem+json",
            description = "`link_invalid`: unknown, used or older than 30 minutes. `cross_site_request`"),
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn reset_password(
    visit: Visit,
    db: Db,
    Json(request): Json<ResetPasswordRequest>,
) -> Result<StatusCode> {
    let password = request.parse()?;
    let reset = reset(&visit, &db, &request.token, &password).await;
    let mut event = Event::of(SecurityEventKind::PasswordReset, &reset);
    if let Ok(owner) = &reset {
        event = event.account(owner.user_id);
    }
    security_log::record(&db, &visit.client, event).await?;
    reset.map(|_| StatusCode::NO_CONTENT)
}

/// Answers whose link it was.
async fn reset(
    Visit { site, client, language }: &Visit,
    db: &Db,
    token: &str,
    password: &Password,
) -> Result<Reader> {
    attempts::count_anonymous(db, client).await?;
    let token = OpaqueToken::parse(TokenKind::Link, token).map_err(|_| ProblemCode::LinkInvalid)?;
    let now = clock::now();
    let reader = email_link::reader_of(db, token.hash(), now).await?.ok_or(ProblemCode::LinkInvalid)?;
    attempts::count_hash(db, Standing::Stranger).await?;
    PasswordStrength::require("password", password, &reader.email, &reader.display_name)?;
    let message = Message::PasswordChanged { forgot_password: &links::forgot_password(site) };
    let mail = letter::write(&reader.email, Some(&reader), *language, &message)?;
    let hash = PasswordHash::new(password, &mut os_rng());
    let ended = email_link::reset_password(db, token.hash(), &hash, &mail, now).await?;
    revocation::revoke(&ended.ok_or(ProblemCode::LinkInvalid)?).await?;
    attempts::forget_guesses(db, client, &reader.email).await?;
    Ok(reader)
}
