//! `POST /api/core/v1/auth/login/second-factor/passkey`

use axum::Json as JsonBody;
use contract::{PasskeyCeremony, PasskeyChallengeRequest, ProblemCode};
use credentials::{OpaqueToken, TokenKind};
use platform::{
    Result, clock,
    db::Db,
    extract::Json,
    openapi::{InputProblems, OriginProblems, RateProblems, ServerProblems},
};
use store::challenge;

use crate::{
    attempts,
    passkeys::{
        ceremony::{self, Occasion},
        relying_party::RelyingParty,
    },
    visit::Visit,
};

/// Asks for a passkey as the second factor
///
/// The answer is what `navigator.credentials.get()` is to be asked: for one of the passkeys of the account whose password
/// was right. It is no try at the challenge. Permission: none, the challenge is the proof.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/login/second-factor/passkey",
    tag = "auth",
    request_body = PasskeyChallengeRequest,
    responses(
        (status = 200, body = PasskeyCeremony, description = "What to ask the browser for"),
        (status = 401, body = contract::Problem, content_type = "application/problem+json",
            description = "`challenge_invalid`: unknown, used, expired or tried five times; sign in from the start"),
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`second_factor_off`: the account has no passkey"),
        OriginProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn begin_login_passkey(
    visit: Visit,
    db: Db,
    Json(request): Json<PasskeyChallengeRequest>,
) -> Result<JsonBody<PasskeyCeremony>> {
    attempts::count_anonymous(&db, &visit.client).await?;
    let token = OpaqueToken::parse(TokenKind::Challenge, &request.challenge)
        .map_err(|_| ProblemCode::ChallengeInvalid)?;
    let asked = challenge::find(&db, token.hash(), clock::now()).await?;
    let factors = asked.ok_or(ProblemCode::ChallengeInvalid)?.factors;
    let question = RelyingParty::of(visit.site)?.ask_for(&factors.passkeys)?;
    let question = question.ok_or(ProblemCode::SecondFactorOff)?;
    ceremony::begin(&db, Occasion::SecondFactor(token.hash()), question).await.map(JsonBody)
}
