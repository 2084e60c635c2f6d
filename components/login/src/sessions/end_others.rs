//! `POST /api/core/v1/auth/sessions/end-others`

use contract::{SecurityEventKind, SessionId};
use http::StatusCode;
use platform::{
    Result, clock,
    openapi::{CallerProblems, RateProblems, ServerProblems},
    revocation,
};
use store::{Caller, Enrolling, security_log::Event, session};

use crate::attempts;

/// Ends the caller's other sessions
///
/// All but the one of this request, at once and everywhere. Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/sessions/end-others",
    tag = "sessions",
    responses((status = 204, description = "Ended"), CallerProblems, RateProblems, ServerProblems),
)]
pub async fn end_other_sessions(caller: Caller<Enrolling>) -> Result<StatusCode> {
    let ended = end_others(&caller).await;
    caller.record(Event::of(SecurityEventKind::OtherSessionsEnded, &ended)).await?;
    revocation::revoke(&ended?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn end_others(caller: &Caller<Enrolling>) -> Result<Vec<SessionId>> {
    attempts::count_own_change(&caller.db, caller.me.id).await?;
    Ok(session::end_others(&caller.db, caller.me.id, caller.session, clock::now()).await?)
}
