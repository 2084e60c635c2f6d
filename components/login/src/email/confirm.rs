//! `POST /api/core/v1/auth/email/confirm`

use contract::{ConfirmEmailRequest, ProblemCode, SecurityEventKind};
use credentials::{OpaqueToken, TokenKind};
use http::StatusCode;
use mail::Message;
use platform::{
    Result, clock,
    db::Db,
    extract::Json,
    openapi::{InputProblems, RateProblems, ServerProblems},
};
use store::{
    email_confirmation,
    email_link::Reader,
    security_log::{self, Event},
};

use crate::{attempts, letter, visit::Visit};

/// Proves an address
///
/// With the token of a mailed link, once. Where it is another one than the account's it replaces it: every other link
/// of the account dies, and both addresses are told. Permission: none, the link is the proof.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/email/confirm",
    tag = "email",
    request_body = ConfirmEmailRequest,
    responses(
        (status = 204, description = "It is the account's address, and proven"),
        (status = 403, body = contract::Problem, content_type = "application/problem+json",
            description = "`link_invalid`: unknown, used, replaced or older than 24 hours, the account's address has \
                changed, or another account has got this one. `cross_site_request`"),
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn confirm_email(
    Visit { client, language, .. }: Visit,
    db: Db,
    Json(request): Json<ConfirmEmailRequest>,
) -> Result<StatusCode> {
    attempts::count_anonymous(&db, &client).await?;
    let token = OpaqueToken::parse(TokenKind::Link, &request.token).map_err(|_| ProblemCode::LinkInvalid)?;
    let now = clock::now();
    let confirmation =
        email_confirmation::find(&db, token.hash(), now).await?.ok_or(ProblemCode::LinkInvalid)?;
    let (before, new) = (confirmation.owner, confirmation.email);
    let message = Message::EmailChanged { new_email: new.as_str() };
    let after = Reader { email: new.clone(), ..before.clone() };
    let mails = [
        letter::write(&before.email, Some(&before), language, &message)?,
        letter::write(&new, Some(&after), language, &message)?,
    ];
    if !email_confirmation::confirm(&db, token.hash(), &mails, now).await? {
        return Err(ProblemCode::LinkInvalid.into());
    }
    let event = Event::success(SecurityEventKind::EmailConfirmed).account(before.user_id);
    security_log::record(&db, &client, event).await?;
    Ok(StatusCode::NO_CONTENT)
}
