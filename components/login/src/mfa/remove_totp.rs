//! `POST /api/core/v1/auth/mfa/totp/remove`

use contract::{ProblemCode, SecurityEventKind};
use http::StatusCode;
use mail::Message;
use platform::{
    Result, clock,
    openapi::{CallerProblems, RateProblems, ServerProblems},
};
use store::{
    Caller, Enrolling, Proven,
    security_log::Event,
    totp::{self, Removal},
};

use crate::{attempts, letter, links, visit::Visit};

/// Turns the authenticator app off
///
/// With the last second factor go the recovery codes. The owner is told by mail; where it is off already nothing
/// changes. Asks for a fresh proof. Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/mfa/totp/remove",
    tag = "mfa",
    responses(
        (status = 204, description = "Off"),
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`last_second_factor`: a role of the caller demands one"),
        CallerProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn remove_totp(caller: Caller<Proven<Enrolling>>, visit: Visit) -> Result<StatusCode> {
    let removed = remove(&caller, &visit).await;
    caller.record(Event::of(SecurityEventKind::TotpRemoved, &removed)).await?;
    removed.map(|()| StatusCode::NO_CONTENT)
}

async fn remove(caller: &Caller<Proven<Enrolling>>, visit: &Visit) -> Result<()> {
    let Caller { me, db, .. } = caller;
    attempts::count_own_change(db, me.id).await?;
    let message = Message::TotpRemoved { forgot_password: &links::forgot_password(visit.site) };
    let mail = letter::write(&me.email, Some(&letter::reader(me)), visit.language, &message)?;
    match totp::remove(db, me.id, &mail, clock::now()).await? {
        Removal::Done | Removal::Off => Ok(()),
        Removal::LastSecondFactor => Err(ProblemCode::LastSecondFactor.into()),
    }
}
