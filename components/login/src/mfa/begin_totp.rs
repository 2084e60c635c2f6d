//! `POST /api/core/v1/auth/mfa/totp`

use anyhow::Context;
use axum::Json;
use contract::TotpEnrolment;
use credentials::{TotpSecret, os_rng, qr_code};
use platform::{
    Result, config,
    openapi::{CallerProblems, RateProblems, ServerProblems},
};
use store::{Caller, Enrolling, Proven, totp};

use crate::attempts;

/// Begins to set up an authenticator app
///
/// With a new secret each time; nothing is on, and nothing off, before it is confirmed. Asks for a fresh proof.
/// Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/mfa/totp",
    tag = "mfa",
    responses(
        (status = 200, body = TotpEnrolment, description = "What the app is to be told"),
        CallerProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn begin_totp(caller: Caller<Proven<Enrolling>>) -> Result<Json<TotpEnrolment>> {
    let Caller { me, db, .. } = &caller;
    attempts::count_own_change(db, me.id).await?;
    let keys = config::encryption_keys().await?;
    let secret = TotpSecret::generate(&mut os_rng());
    let uri = secret.uri(me.email.as_str()).context("writing the URI of an app")?;
    let qr_code = qr_code(&uri).context("drawing the QR code of an app")?;
    totp::begin(db, me.id, &keys.seal(secret.as_bytes(), me.id, &mut os_rng())).await?;
    Ok(Json(TotpEnrolment { secret: secret.base32(), uri, qr_code }))
}
