//! `POST /api/core/v1/auth/email/confirm`

use contract::{ConfirmEmailRequest, ProblemCode, SecurityEventKind};
use credentials::TokenHash;
use http::StatusCode;
use platform::{
    Result, clock,
    db::Db,
    extract::Json,
    openapi::{InputProblems, RateProblems, ServerProblems},
};
use store::{
    email_confirmation::{self, Confirmation},
    security_log::{self, Event},
};

use crate::{letter, mailed_link, visit::Visit};

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
    visit: Visit,
    db: Db,
    Json(request): Json<ConfirmEmailRequest>,
) -> Result<StatusCode> {
    let (owner, confirmed) = match find_link(&visit, &db, &request.token).await {
        Ok((token, confirmation)) => {
            let confirmed = confirm(&visit, &db, token, &confirmation).await;
            (Some(confirmation.owner.user_id), confirmed)
        }
        Err(error) => (None, Err(error)),
    };
    let event = Event::of(SecurityEventKind::EmailConfirmed, &confirmed).account(owner);
    security_log::record(&db, &visit.client, event).await?;
    confirmed.map(|()| StatusCode::NO_CONTENT)
}

async fn find_link(visit: &Visit, db: &Db, token: &str) -> Result<(TokenHash, Confirmation)> {
    let token = mailed_link::read(visit, db, token).await?;
    let confirmation = email_confirmation::find(db, token, clock::now()).await?;
    Ok((token, confirmation.ok_or(ProblemCode::LinkInvalid)?))
}

async fn confirm(visit: &Visit, db: &Db, token: TokenHash, confirmation: &Confirmation) -> Result<()> {
    let mails = letter::email_changed(&confirmation.owner, &confirmation.email, visit.language)?;
    let confirmed = email_confirmation::confirm(db, token, &mails, clock::now()).await?;
    Ok(confirmed.then_some(()).ok_or(ProblemCode::LinkInvalid)?)
}
