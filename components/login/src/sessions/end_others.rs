//! `POST /api/core/v1/auth/sessions/end-others`

use contract::SecurityEventKind;
use http::StatusCode;
use platform::{
    Result, clock,
    openapi::{CallerProblems, ServerProblems},
    revocation,
};
use store::{Caller, Enrolling, security_log::Event, session};

/// Ends the caller's other sessions
///
/// All but the one of this request, at once and everywhere. Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/sessions/end-others",
    tag = "sessions",
    responses((status = 204, description = "Ended"), CallerProblems, ServerProblems),
)]
pub async fn end_other_sessions(caller: Caller<Enrolling>) -> Result<StatusCode> {
    let ended = session::end_others(&caller.db, caller.me.id, caller.session, clock::now()).await?;
    caller.record(Event::success(SecurityEventKind::OtherSessionsEnded)).await?;
    revocation::revoke(&ended).await?;
    Ok(StatusCode::NO_CONTENT)
}
