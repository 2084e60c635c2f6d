//! `POST /api/core/v1/auth/passkeys/sign-in`

use axum::response::Response;
use contract::{
    PasskeyAssertion, PasskeySignInRequest, ProblemCode, SecurityEventKind, TokenGrant, UserStatus,
};
use platform::{
    Result, clock,
    db::Db,
    extract::Json,
    openapi::{InputProblems, PasskeyProblems, RateProblems, ServerProblems},
};
use store::{
    passkey::Signer,
    second_factor,
    security_log::{self, Event},
};

use super::assertion;
use crate::{
    attempts,
    grant::{self, Proof},
    tokens::Tokens,
    visit::Visit,
};

/// Signs in with a passkey
///
/// With the browser's answer to `.../passkeys/authentication`. A passkey is both factors: its device has verified its
/// owner. Whether an account exists is told to nobody but who has its passkey. Permission: none.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/passkeys/sign-in",
    tag = "passkeys",
    request_body = PasskeySignInRequest,
    responses(
        (status = 200, body = TokenGrant, description = "Signed in: cookies are set, or the tokens are in the body"),
        PasskeyProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn sign_in_with_passkey(
    visit: Visit,
    db: Db,
    Json(request): Json<PasskeySignInRequest>,
) -> Result<Response> {
    attempts::count_anonymous(&db, &visit.client).await?;
    let signer = assertion::signer(&db, &request.assertion.credential).await?;
    let opened = sign_in(&visit, &db, &request.assertion, signer.as_ref()).await;
    let session = opened.as_ref().ok().map(|tokens| tokens.session_id);
    let mut event = Event::of(SecurityEventKind::SignIn, &opened).session(session);
    if let Some(signer) = signer {
        event = event.account(signer.owner.user_id).passkey(signer.name);
    }
    security_log::record(&db, &visit.client, event).await?;
    opened?.into_response(request.transport)
}

async fn sign_in(
    visit: &Visit,
    db: &Db,
    given: &PasskeyAssertion,
    signer: Option<&Signer>,
) -> Result<Tokens> {
    let code = assertion::of_anybody(db, visit.site, given, signer).await?;
    let Signer { owner, status, .. } = signer.ok_or(ProblemCode::PasskeyUnknown)?;
    if *status == UserStatus::Locked {
        return Err(ProblemCode::AccountLocked.into());
    }
    if !second_factor::spend(db, owner.user_id, &code, clock::now()).await? {
        return Err(ProblemCode::PasskeyCeremonyInvalid.into());
    }
    attempts::forget(db, &visit.client, &owner.email).await?;
    attempts::forget_codes(db, owner.user_id).await?;
    grant::open_session(db, visit, owner, Proof::fresh(None)).await
}
