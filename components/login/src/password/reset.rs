//! `POST /api/core/v1/auth/password/reset`

use contract::{Password, PasswordStrength, ProblemCode, ResetPasswordRequest, SecurityEventKind, SessionId};
use credentials::{PasswordHash, TokenHash, os_rng};
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
    letter, links, mailed_link,
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
    let (owner, reset) = match find_link(&visit, &db, &request.token).await {
        Ok(link) => {
            let reset = reset(&visit, &db, &link, &password).await;
            (Some(link.owner.user_id), reset)
        }
        Err(error) => (None, Err(error)),
    };
    let event = Event::of(SecurityEventKind::PasswordReset, &reset).account(owner);
    security_log::record(&db, &visit.client, event).await?;
    revocation::revoke(&reset?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A link that is good, and whose.
struct Link {
    token: TokenHash,
    owner: Reader,
}

async fn find_link(visit: &Visit, db: &Db, token: &str) -> Result<Link> {
    let token = mailed_link::read(visit, db, token).await?;
    let owner = email_link::reader_of(db, token, clock::now()).await?.ok_or(ProblemCode::LinkInvalid)?;
    Ok(Link { token, owner })
}

/// Answers the sessions that ended.
async fn reset(
    Visit { site, client, language }: &Visit,
    db: &Db,
    Link { token, owner }: &Link,
    password: &Password,
) -> Result<Vec<SessionId>> {
    attempts::count_hash(db, Standing::Stranger).await?;
    PasswordStrength::require("password", password, &owner.email, &owner.display_name)?;
    let message = Message::PasswordChanged { forgot_password: &links::forgot_password(site) };
    let mail = letter::write(&owner.email, Some(owner), *language, &message)?;
    let hash = PasswordHash::new(password, &mut os_rng());
    let ended = email_link::reset_password(db, *token, &hash, &mail, clock::now()).await?;
    let ended = ended.ok_or(ProblemCode::LinkInvalid)?;
    attempts::forget_guesses(db, client, &owner.email).await?;
    Ok(ended)
}
