//! `POST /api/core/v1/auth/step-up/passkey`

use axum::Json;
use contract::{PasskeyCeremony, ProblemCode};
use platform::{
    Result,
    openapi::{CallerProblems, RateProblems, ServerProblems},
};
use store::{Caller, Enrolling, second_factor};

use crate::{
    attempts,
    passkeys::{
        ceremony::{self, Occasion},
        relying_party::RelyingParty,
    },
    visit::Visit,
};

/// Asks for a passkey to prove again who the caller is
///
/// The answer is what `navigator.credentials.get()` is to be asked: for one of the caller's passkeys. Permission: none
/// beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/step-up/passkey",
    tag = "auth",
    responses(
        (status = 200, body = PasskeyCeremony, description = "What to ask the browser for"),
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`second_factor_off`: the account has no passkey"),
        CallerProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn begin_step_up_passkey(caller: Caller<Enrolling>, visit: Visit) -> Result<Json<PasskeyCeremony>> {
    let Caller { me, session, db, .. } = &caller;
    attempts::count_passkey(db, &visit.client, me.id).await?;
    let factors = second_factor::find(db, me.id).await?;
    let question = RelyingParty::of(visit.site)?.ask_for(&factors.passkeys)?;
    let question = question.ok_or(ProblemCode::SecondFactorOff)?;
    ceremony::begin(db, Occasion::StepUp(*session), question).await.map(Json)
}
