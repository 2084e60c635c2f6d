//! `POST /api/core/v1/auth/mfa/recovery-codes`

use axum::Json;
use contract::{ProblemCode, RecoveryCodes, SecurityEventKind};
use credentials::{RecoveryCode, os_rng};
use mail::Message;
use platform::{
    Result, clock,
    openapi::{CallerProblems, RateProblems, ServerProblems},
};
use store::{Caller, Enrolling, Proven, second_factor, security_log::Event};

use crate::{attempts, letter, links, visit::Visit};

/// Makes new recovery codes
///
/// Ten, shown this once; the old ones are void. The owner is told by mail. Asks for a fresh proof. Permission: none
/// beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/mfa/recovery-codes",
    tag = "mfa",
    responses(
        (status = 200, body = RecoveryCodes, description = "The new codes"),
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`second_factor_off`: there is nothing to recover"),
        CallerProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn replace_recovery_codes(
    caller: Caller<Proven<Enrolling>>,
    visit: Visit,
) -> Result<Json<RecoveryCodes>> {
    let replaced = replace(&caller, &visit).await;
    caller.record(Event::of(SecurityEventKind::RecoveryCodesReplaced, &replaced)).await?;
    replaced.map(Json)
}

async fn replace(caller: &Caller<Proven<Enrolling>>, visit: &Visit) -> Result<RecoveryCodes> {
    let Caller { me, db, .. } = caller;
    attempts::count_own_change(db, me.id).await?;
    let codes = RecoveryCode::generate_all(&mut os_rng());
    let message = Message::RecoveryCodesReplaced { forgot_password: &links::forgot_password(visit.site) };
    let mail = letter::write(&me.email, Some(&letter::reader(me)), visit.language, &message)?;
    if !second_factor::replace_recovery_codes(db, me.id, &codes, &mail, clock::now()).await? {
        return Err(ProblemCode::SecondFactorOff.into());
    }
    Ok(RecoveryCodes { recovery_codes: codes.iter().map(RecoveryCode::expose).collect() })
}
