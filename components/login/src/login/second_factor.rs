//! `POST /api/core/v1/auth/login/second-factor`

use axum::response::Response;
use contract::{ProblemCode, SecondFactorAnswer, SecondFactorRequest, SecurityEventKind, TokenGrant};
use credentials::{OpaqueToken, TokenKind};
use platform::{
    Error, Result, clock,
    db::Db,
    extract::Json,
    openapi::{InputProblems, PasskeyProblems, RateProblems, ServerProblems},
};
use store::{
    challenge::{self, Attempt},
    security_log::{self, Event},
};

use crate::{
    attempts,
    codes::{self, Answer},
    grant::{self, Proof},
    passkeys::ceremony::Occasion,
    tokens::Tokens,
    visit::Visit,
};

/// Signs in with a second factor
///
/// With the challenge that the password was answered with, for five minutes and five tries. A code is good once; that
/// a recovery code was used is told by mail. `.../second-factor/passkey` asks for a passkey. Permission: none, challenge
/// and answer are the proof.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/login/second-factor",
    tag = "auth",
    request_body = SecondFactorRequest,
    responses(
        (status = 200, body = TokenGrant, description = "Signed in: cookies are set, or the tokens are in the body"),
        (status = 401, body = contract::Problem, content_type = "application/problem+json",
            description = "`second_factor_invalid`: a wrong code, or one that was used. `challenge_invalid`: unknown, used, \
                expired or tried five times; sign in from the start"),
        PasskeyProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn login_second_factor(
    visit: Visit,
    db: Db,
    Json(request): Json<SecondFactorRequest>,
) -> Result<Response> {
    let given = request.parse()?;
    let token = OpaqueToken::parse(TokenKind::Challenge, &request.challenge)
        .map_err(|_| ProblemCode::ChallengeInvalid)?;
    let Some(attempt) = challenge::try_once(&db, token.hash(), clock::now()).await? else {
        attempts::count_anonymous(&db, &visit.client).await?;
        return Err(ProblemCode::ChallengeInvalid.into());
    };
    let opened = solve(&visit, &db, &token, &attempt, &given).await;
    let session = opened.as_ref().ok().map(|tokens| tokens.session_id);
    let event =
        Event::of(SecurityEventKind::SignIn, &opened).account(attempt.reader.user_id).session(session);
    security_log::record(&db, &visit.client, event).await?;
    opened?.into_response(request.transport)
}

async fn solve(
    visit: &Visit,
    db: &Db,
    challenge: &OpaqueToken,
    attempt: &Attempt,
    given: &SecondFactorAnswer,
) -> Result<Tokens> {
    let Attempt { reader, factors, .. } = attempt;
    let now = clock::now();
    let occasion = Occasion::SecondFactor(challenge.hash());
    let code = codes::matching(db, visit, Answer { reader, factors, given, occasion }, now).await?;
    let code = code.ok_or(ProblemCode::SecondFactorInvalid)?;
    if !challenge::solve(db, challenge.hash(), &code, now).await? {
        return Err(ProblemCode::SecondFactorInvalid.into());
    }
    attempts::forget(db, &visit.client, &reader.email).await?;
    attempts::forget_codes(db, reader.user_id).await?;
    let proof = Proof::fresh(attempt.password());
    grant::open_session(db, visit, reader, proof).await.map_err(|error| match error {
        // The challenge would have gone with the password, had it not been answered at this very moment.
        Error::Refused(ProblemCode::InvalidCredentials) => ProblemCode::ChallengeInvalid.into(),
        other => other,
    })
}
