//! `POST /api/core/v1/auth/passkeys/registration`

use axum::Json;
use contract::{Passkey, PasskeyCeremony, ProblemCode};
use platform::{
    Result,
    openapi::{CallerProblems, RateProblems, ServerProblems},
};
use store::{Caller, Enrolling, Proven, passkey};

use super::{
    ceremony::{self, Occasion},
    relying_party::{self, RelyingParty},
};
use crate::{attempts, visit::Visit};

/// Begins to add a passkey
///
/// The answer is what `navigator.credentials.create()` is to be asked, by a page of the application's public address.
/// Asks for a fresh proof. Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/passkeys/registration",
    tag = "passkeys",
    responses(
        (status = 200, body = PasskeyCeremony, description = "What to ask the browser for"),
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`too_many_passkeys`: twenty"),
        CallerProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn begin_passkey_registration(
    caller: Caller<Proven<Enrolling>>,
    visit: Visit,
) -> Result<Json<PasskeyCeremony>> {
    let Caller { me, db, .. } = &caller;
    attempts::count_passkey(db, &visit.client, me.id).await?;
    let beginning = passkey::begin(db, me.id, &relying_party::new_handle()).await?;
    if beginning.passkeys.len() >= Passkey::MOST as usize {
        return Err(ProblemCode::TooManyPasskeys.into());
    }
    let question = RelyingParty::of(visit.site)?.ask_for_new(me, &beginning)?;
    ceremony::begin(db, Occasion::Registration(caller.session), question).await.map(Json)
}
