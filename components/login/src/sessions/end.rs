//! `DELETE /api/core/v1/auth/sessions/{id}`

use contract::{ProblemCode, SecurityEventKind, SessionId};
use http::StatusCode;
use platform::{
    Result, clock,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, RateProblems, ServerProblems},
    revocation,
};
use store::{
    Caller, Enrolling,
    security_log::Event,
    session::{self, EndedBy},
};

use crate::attempts;

/// Ends a session of the caller
///
/// At once and everywhere; ending it again changes nothing. Permission: none beyond being signed in.
#[utoipa::path(
    delete,
    path = "/api/core/v1/auth/sessions/{id}",
    tag = "sessions",
    params(("id" = SessionId, Path, description = "The session")),
    responses((status = 204, description = "Ended"), CallerProblems, AddressProblems, RateProblems, ServerProblems),
)]
pub async fn end_session(caller: Caller<Enrolling>, Path(id): Path<SessionId>) -> Result<StatusCode> {
    let ended = end(&caller, id).await;
    caller.record(Event::of(SecurityEventKind::SessionEnded, &ended).ending(id)).await?;
    revocation::revoke(&[ended?]).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn end(caller: &Caller<Enrolling>, id: SessionId) -> Result<SessionId> {
    attempts::count_own_change(&caller.db, caller.me.id).await?;
    let ended = session::end_one(&caller.db, id, caller.me.id, EndedBy::Owner, clock::now()).await?;
    Ok(ended.ok_or(ProblemCode::NotFound)?)
}
