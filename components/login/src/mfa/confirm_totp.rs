//! `POST /api/core/v1/auth/mfa/totp/confirm`

use axum::Json as JsonBody;
use contract::{ConfirmTotpRequest, FieldCode, ProblemCode, RecoveryCodes, SecurityEventKind};
use credentials::{RecoveryCode, os_rng};
use mail::Message;
use platform::{
    Result, clock,
    extract::Json,
    openapi::{CallerProblems, InputProblems, RateProblems, ServerProblems},
    problem::refuse_field,
};
use store::{
    Caller, Enrolling, Proven,
    security_log::Event,
    totp::{self, Confirmation},
};

use crate::{attempts, codes, letter, links, visit::Visit};

/// Turns an authenticator app on
///
/// With a code that it shows. The answer has ten recovery codes, this once; those from before are void, and an app from
/// before is off. The owner is told by mail. Asks for a fresh proof. Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/mfa/totp/confirm",
    tag = "mfa",
    request_body = ConfirmTotpRequest,
    responses(
        (status = 200, body = RecoveryCodes, description = "On"),
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`totp_not_begun`: nothing waits to be confirmed"),
        CallerProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn confirm_totp(
    caller: Caller<Proven<Enrolling>>,
    visit: Visit,
    Json(request): Json<ConfirmTotpRequest>,
) -> Result<JsonBody<RecoveryCodes>> {
    let code = request.parse()?;
    let confirmed = confirm(&caller, &visit, &code).await;
    caller.record(Event::of(SecurityEventKind::TotpAdded, &confirmed)).await?;
    confirmed.map(JsonBody)
}

async fn confirm(caller: &Caller<Proven<Enrolling>>, visit: &Visit, code: &str) -> Result<RecoveryCodes> {
    let Caller { me, db, .. } = caller;
    attempts::count_own_change(db, me.id).await?;
    let sealed = totp::find_begun(db, me.id).await?.ok_or(ProblemCode::TotpNotBegun)?;
    let now = clock::now();
    // Not counted: who has begun knows the secret, and has nothing to guess.
    let step = codes::open(&sealed, me.id).await?.step_of(code, now);
    let step = step.ok_or_else(|| refuse_field("code", FieldCode::Wrong))?;
    let recovery_codes = RecoveryCode::generate_all(&mut os_rng());
    let message = Message::TotpAdded { forgot_password: &links::forgot_password(visit.site) };
    let mail = letter::write(&me.email, Some(&letter::reader(me)), visit.language, &message)?;
    let confirmation = Confirmation { secret: &sealed, step, recovery_codes: &recovery_codes, mail: &mail };
    if !totp::confirm(db, me.id, confirmation, now).await? {
        return Err(ProblemCode::TotpNotBegun.into());
    }
    Ok(RecoveryCodes { recovery_codes: recovery_codes.iter().map(RecoveryCode::expose).collect() })
}
