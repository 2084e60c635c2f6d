//! `DELETE /api/core/v1/auth/sessions/{id}`

use contract::{ProblemCode, SessionId};
use http::StatusCode;
use platform::{
    Result, clock,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, ServerProblems},
    revocation,
};
use store::{Caller, Enrolling, session};

/// Ends a session of the caller
///
/// At once and everywhere; ending it again changes nothing. Permission: none beyond being signed in.
#[utoipa::path(
    delete,
    path = "/api/core/v1/auth/sessions/{id}",
    tag = "sessions",
    params(("id" = SessionId, Path, description = "The session")),
    responses((status = 204, description = "Ended"), CallerProblems, AddressProblems, ServerProblems),
)]
pub async fn end_session(caller: Caller<Enrolling>, Path(id): Path<SessionId>) -> Result<StatusCode> {
    let ended = session::end_one(&caller.db, id, caller.me.id, clock::now()).await?;
    revocation::revoke(&[ended.ok_or(ProblemCode::NotFound)?]).await?;
    Ok(StatusCode::NO_CONTENT)
}
