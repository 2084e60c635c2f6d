//! `POST /api/core/v1/auth/password/forgot`

use axum::Extension;
use chrono::TimeDelta;
use contract::ForgotPasswordRequest;
use credentials::{OpaqueToken, TokenKind, os_rng};
use http::{HeaderMap, StatusCode};
use mail::Message;
use platform::{
    Result,
    client::Client,
    clock,
    config::Site,
    db::Db,
    extract::Json,
    openapi::{InputProblems, RateProblems, ServerProblems},
};
use store::email_link;

use crate::{attempts, letter, links};

/// As the mail says.
const LIFETIME: TimeDelta = TimeDelta::minutes(30);

/// Sends a link to choose a new password
///
/// By mail, to the address, if an account that may be used has it. The answer is the same, and takes as long,
/// where none has. Permission: none.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/password/forgot",
    tag = "password",
    request_body = ForgotPasswordRequest,
    responses(
        (status = 202, description = "If there is such an account, the mail is on its way"),
        (status = 403, body = contract::Problem, content_type = "application/problem+json",
            description = "`cross_site_request`"),
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn forgot_password(
    Extension(site): Extension<&'static Site>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    db: Db,
    Json(request): Json<ForgotPasswordRequest>,
) -> Result<StatusCode> {
    let email = request.parse()?;
    attempts::count_mail(&db, &client, &email).await?;
    let reader = email_link::find_reader(&db, &email).await?;
    let token = OpaqueToken::generate(TokenKind::Link, &mut os_rng());
    let message = Message::PasswordReset { link: &links::reset_password(site, &token) };
    let mail = letter::write(&email, reader.as_ref(), &headers, &message)?;
    let account = reader.map(|reader| reader.user_id);
    let now = clock::now();
    email_link::issue_password_reset(&db, account, token.hash(), &mail, now, now + LIFETIME).await?;
    Ok(StatusCode::ACCEPTED)
}
