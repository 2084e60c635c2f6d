//! `POST /api/core/v1/auth/sign-up/complete`

use axum::response::Response;
use contract::{CompleteSignUpRequest, PasswordStrength, ProblemCode, SecurityEventKind, TokenGrant, UserId};
use credentials::{OpaqueToken, PasswordHash, TokenKind, os_rng};
use platform::{
    Result, clock,
    config::SignUp,
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
    grant,
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
    attempts::count_anonymous(&db, &visit.client).await?;
    let token = OpaqueToken::parse(TokenKind::Link, &request.token).map_err(|_| ProblemCode::LinkInvalid)?;
    let now = clock::now();
    let pending = sign_up::find(&db, token.hash(), now).await?.ok_or(ProblemCode::LinkInvalid)?;
    if !pending.invited && !SignUp::get().await?.admits(&pending.email) {
        return Err(ProblemCode::SignUpClosed.into());
    }
    attempts::count_hash(&db, Standing::Stranger).await?;
    PasswordStrength::require("password", &chosen.password, &pending.email, &chosen.display_name)?;
    let id = UserId(Uuid::now_v7());
    let hash = PasswordHash::new(&chosen.password, &mut os_rng());
    if !sign_up::complete(&db, token.hash(), id, &chosen, &hash, now).await? {
        return Err(ProblemCode::LinkInvalid.into());
    }
    let owner = Reader { user_id: id, email: pending.email, display_name: chosen.display_name, locale: None };
    let tokens = grant::open_session(&db, &visit, &owner, None).await?;
    let event = Event::success(SecurityEventKind::SignedUp).account(id).session(Some(tokens.session_id));
    security_log::record(&db, &visit.client, event).await?;
    tokens.into_response(request.transport)
}
