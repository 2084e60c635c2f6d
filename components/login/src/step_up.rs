//! `POST /api/core/v1/auth/step-up`

use contract::{FieldCode, SecurityEventKind, StepUpRequest};
use http::StatusCode;
use platform::{
    Result, clock,
    extract::Json,
    openapi::{
        CallerProblems, InputProblems, PasskeyProblems, PasswordProblems, RateProblems, ServerProblems,
    },
    problem::refuse_field,
};
use store::{
    Caller, Enrolling,
    second_factor::{self, Factors},
    security_log::Event,
    session,
};

use crate::{
    attempts,
    codes::{self, Answer},
    letter, owner,
    passkeys::ceremony::Occasion,
    visit::Visit,
};

pub mod begin_passkey;

/// Proves again who the caller is
///
/// With `method` and `code` where a second factor is on, or `passkey`, which `.../step-up/passkey` asks for; with
/// `password` otherwise. For ten minutes this session may then do what asks for a fresh proof, as after signing in so.
/// Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/step-up",
    tag = "auth",
    request_body = StepUpRequest,
    responses(
        (status = 204, description = "Proven"),
        CallerProblems,
        PasskeyProblems,
        InputProblems,
        PasswordProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn step_up(
    caller: Caller<Enrolling>,
    visit: Visit,
    Json(request): Json<StepUpRequest>,
) -> Result<StatusCode> {
    let factors = second_factor::find(&caller.db, caller.me.id).await?;
    let proven = if factors.any() {
        by_code(&caller, &visit, &request, &factors).await
    } else {
        by_password(&caller, &request).await
    };
    caller.record(Event::of(SecurityEventKind::IdentityProven, &proven)).await?;
    proven.map(|()| StatusCode::NO_CONTENT)
}

async fn by_password(caller: &Caller<Enrolling>, request: &StepUpRequest) -> Result<()> {
    let given = request.parse_password()?;
    owner::prove(caller, "password", &given).await?;
    Ok(session::prove(&caller.db, caller.session, clock::now()).await?)
}

async fn by_code(
    caller: &Caller<Enrolling>,
    visit: &Visit,
    request: &StepUpRequest,
    factors: &Factors,
) -> Result<()> {
    let given = request.parse_answer()?;
    let Caller { me, session, db, .. } = caller;
    let now = clock::now();
    let occasion = Occasion::StepUp(*session);
    let answer = Answer { reader: &letter::reader(me), factors, given: &given, occasion };
    let code = codes::matching(db, visit, answer, now).await?;
    let code = code.ok_or_else(|| refuse_field("code", FieldCode::Wrong))?;
    if !second_factor::prove(db, *session, me.id, &code, now).await? {
        return Err(refuse_field("code", FieldCode::Wrong));
    }
    attempts::forget_codes(db, me.id).await
}
