//! `POST /api/core/v1/auth/step-up`

use contract::{FieldCode, SecurityEventKind, StepUpRequest};
use http::StatusCode;
use platform::{
    Result, clock,
    extract::Json,
    openapi::{CallerProblems, InputProblems, PasswordProblems, RateProblems, ServerProblems},
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
    visit::Visit,
};

/// Proves again who the caller is
///
/// With `method` and `code` where a second factor is on, with `password` otherwise. For ten minutes this session may
/// then do what asks for a fresh proof, as after signing in. Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/step-up",
    tag = "auth",
    request_body = StepUpRequest,
    responses(
        (status = 204, description = "Proven"),
        CallerProblems,
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
    let proven = if factors.methods().is_empty() {
        by_password(&caller, &request).await
    } else {
        by_code(&caller, &visit, &request, &factors).await
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
    let given = request.parse_code()?;
    let Caller { me, session, db, .. } = caller;
    attempts::count_code(db, &visit.client, me.id).await?;
    let now = clock::now();
    let answer = Answer { reader: &letter::reader(me), factors, given: &given };
    let code = codes::matching(answer, visit, now).await?;
    let code = code.ok_or_else(|| refuse_field("code", FieldCode::Wrong))?;
    if !second_factor::prove(db, *session, me.id, &code, now).await? {
        return Err(refuse_field("code", FieldCode::Wrong));
    }
    attempts::forget_codes(db, me.id).await
}
