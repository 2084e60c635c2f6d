//! `POST /api/core/v1/auth/sign-up/complete`

use axum::response::Response;
use contract::{
    CompleteSignUpRequest, Email, PasswordStrength, ProblemCode, SecurityEventKind, SignUp, TokenGrant,
    UserId,
};
use credentials::{PasswordHash, TokenHash, os_rng};
use platform::{
    Result, clock, config,
    db::Db,
    extract::Json,
    openapi::{InputProblems, RateProblems, ServerProblems},
};
use store::{
    email_link::Reader,
    security_log::{self, Event},
    sign_up,
};
use uuid::Uuid;

use crate::{
    attempts::{self, Standing},
    grant::{self, Proof},
    mailed_link,
    tokens::Tokens,
    visit::Visit,
};

/// Makes an account of one's own
///
/// With the token of a mailed link, once: of a sign-up, or of an invitation, whose roles the account has. The address
/// is proven by the link, and the owner signed in at once. Permission: none, the link is the proof.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/sign-up/complete",
    tag = "sign-up",
    request_body = CompleteSignUpRequest,
    responses(
        (status = 200, body = TokenGrant, description = "Made and signed in"),
        (status = 403, body = contract::Problem, content_type = "application/problem+json",
            description = "`link_invalid`: unknown, used, withdrawn, older than 24 hours (an invitation: 7 days), its \
                inviter could not invite so any more, or the address has an account. `sign_up_closed`: in the \
                meantime. `cross_site_request`"),
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn complete_sign_up(
    visit: Visit,
    db: Db,
    Json(request): Json<CompleteSignUpRequest>,
) -> Result<Response> {
    let chosen = request.parse()?;
    let (email, opened) = match find_link(&visit, &db, &request.token).await {
        Ok(link) => {
            let opened = make(&visit, &db, &link, &chosen).await;
            (Some(link.email), opened)
        }
        Err(error) => (None, Err(error)),
    };
    let session = opened.as_ref().ok().map(|tokens| tokens.session_id);
    let event = Event::of(SecurityEventKind::SignedUp, &opened).session(session).typed(email.as_ref());
    security_log::record(&db, &visit.client, event).await?;
    opened?.into_response(request.transport)
}

/// A link that is good, and whose.
struct Link {
    token: TokenHash,
    email: Email,
}

async fn find_link(visit: &Visit, db: &Db, token: &str) -> Result<Link> {
    let token = mailed_link::read(visit, db, token).await?;
    let pending = sign_up::find(db, token, clock::now()).await?.ok_or(ProblemCode::LinkInvalid)?;
    if !pending.invited && !config::SignUp::get().await?.admits(&pending.email) {
        return Err(ProblemCode::SignUpClosed.into());
    }
    Ok(Link { token, email: pending.email })
}

async fn make(visit: &Visit, db: &Db, link: &Link, chosen: &SignUp) -> Result<Tokens> {
    attempts::count_hash(db, Standing::Stranger).await?;
    PasswordStrength::require("password", &chosen.password, &link.email, &chosen.display_name)?;
    let id = UserId(Uuid::now_v7());
    let hash = PasswordHash::new(&chosen.password, &mut os_rng());
    if !sign_up::complete(db, link.token, id, chosen, &hash, clock::now()).await? {
        return Err(ProblemCode::LinkInvalid.into());
    }
    let (email, display_name) = (link.email.clone(), chosen.display_name.clone());
    let owner = Reader { user_id: id, email, display_name, locale: None };
    grant::open_session(db, visit, &owner, Proof::fresh(None)).await
}
