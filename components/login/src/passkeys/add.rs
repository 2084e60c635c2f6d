//! `POST /api/core/v1/auth/passkeys`

use axum::Json as JsonBody;
use contract::{PasskeyId, PasskeyName, ProblemCode, RegisterPasskey, RegisteredPasskey, SecurityEventKind};
use credentials::{RecoveryCode, os_rng};
use http::StatusCode;
use mail::Message;
use platform::{
    Result, clock,
    extract::Json,
    openapi::{CallerProblems, InputProblems, PasskeyProblems, RateProblems, ServerProblems},
};
use store::{
    Caller, Enrolling, Proven,
    passkey::{self, Addition, NewPasskey},
    security_log::Event,
};
use uuid::Uuid;

use super::{
    ceremony::{self, Occasion},
    relying_party::RelyingParty,
};
use crate::{attempts, letter, links, visit::Visit};

/// Adds a passkey
///
/// With the browser's answer to `.../passkeys/registration`. From now on it signs in by itself, and is a second factor
/// beside the password. Where it is the first, the answer has ten recovery codes, this once. The owner is told by mail.
/// Asks for a fresh proof. Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/passkeys",
    tag = "passkeys",
    request_body = RegisterPasskey,
    responses(
        (status = 201, body = RegisteredPasskey, description = "Added"),
        CallerProblems,
        PasskeyProblems,
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`passkey_ceremony_invalid`: unknown, used, older than five minutes, or of another session. \
                `passkey_taken`: it was added before. `too_many_passkeys`: twenty"),
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn add_passkey(
    caller: Caller<Proven<Enrolling>>,
    visit: Visit,
    Json(request): Json<RegisterPasskey>,
) -> Result<(StatusCode, JsonBody<RegisteredPasskey>)> {
    let name = request.parse()?;
    let added = add(&caller, &visit, &request, name.clone()).await;
    caller.record(Event::of(SecurityEventKind::PasskeyAdded, &added).passkey(name)).await?;
    Ok((StatusCode::CREATED, JsonBody(added?)))
}

async fn add(
    caller: &Caller<Proven<Enrolling>>,
    visit: &Visit,
    request: &RegisterPasskey,
    name: PasskeyName,
) -> Result<RegisteredPasskey> {
    let Caller { me, db, session, .. } = caller;
    attempts::count_own_change(db, me.id).await?;
    let state = ceremony::finish(db, Occasion::Registration(*session), &request.ceremony).await?;
    let key = RelyingParty::of(visit.site)?.read_new(&state, &request.credential)?;
    let forgot_password = links::forgot_password(visit.site);
    let message = Message::PasskeyAdded { name: name.as_str(), forgot_password: &forgot_password };
    let mail = letter::write(&me.email, Some(&letter::reader(me)), visit.language, &message)?;
    let codes = RecoveryCode::generate_all(&mut os_rng());
    let new = NewPasskey { id: PasskeyId(Uuid::now_v7()), name, key };
    match passkey::add(db, me.id, &new, &codes, &mail, clock::now()).await? {
        Addition::Done { passkey, first } => {
            let shown: &[RecoveryCode] = if first { &codes } else { &[] };
            let recovery_codes = shown.iter().map(RecoveryCode::expose).collect();
            Ok(RegisteredPasskey { passkey, recovery_codes })
        }
        Addition::PasskeyTaken => Err(ProblemCode::PasskeyTaken.into()),
        Addition::TooManyPasskeys => Err(ProblemCode::TooManyPasskeys.into()),
    }
}
