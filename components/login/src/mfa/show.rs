//! `GET /api/core/v1/auth/mfa`

use axum::Json;
use contract::SecondFactors;
use platform::{
    Result,
    openapi::{CallerProblems, ServerProblems},
};
use store::{Caller, Enrolling, second_factor};

/// Shows the caller's second factors
///
/// What is on, and since when; never a secret. Permission: none beyond being signed in.
#[utoipa::path(
    get,
    path = "/api/core/v1/auth/mfa",
    tag = "mfa",
    responses((status = 200, body = SecondFactors, description = "What is on"), CallerProblems, ServerProblems),
)]
pub async fn show_second_factors(caller: Caller<Enrolling>) -> Result<Json<SecondFactors>> {
    let factors = second_factor::find(&caller.db, caller.me.id).await?;
    Ok(Json(SecondFactors {
        totp_since: factors.totp.map(|totp| totp.confirmed_at),
        passkeys: u32::try_from(factors.passkeys.len()).map_err(anyhow::Error::from)?,
        recovery_codes_left: factors.recovery_codes_left,
    }))
}
