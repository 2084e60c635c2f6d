//! `DELETE /api/core/v1/users/{id}/sessions/{session}`

use contract::{ProblemCode, SecurityEventKind, SessionId, UserId};
use http::StatusCode;
use platform::{
    Result, clock,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, RateProblems, ServerProblems},
    revocation,
};
use store::{
    Caller, Proven, may,
    security_log::Event,
    session::{self, EndedBy},
};

/// Ends a session of an account
///
/// At once and everywhere; ending it again changes nothing. Asks for a fresh proof. Permission: `users:write`.
#[utoipa::path(
    delete,
    path = "/api/core/v1/users/{id}/sessions/{session}",
    tag = "users",
    params(
        ("id" = UserId, Path, description = "The account"),
        ("session" = SessionId, Path, description = "The session"),
    ),
    responses((status = 204, description = "Ended"), CallerProblems, AddressProblems, RateProblems, ServerProblems),
    extensions(("x-permission" = json!("users:write"))),
)]
pub async fn end_user_session(
    caller: Caller<Proven<may::UsersWrite>>,
    Path((owner, id)): Path<(UserId, SessionId)>,
) -> Result<StatusCode> {
    let ended = end(&caller, owner, id).await;
    caller.record(Event::of(SecurityEventKind::UserSessionsEnded, &ended).account(owner).ending(id)).await?;
    revocation::revoke(&[ended?]).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn end(caller: &Caller<Proven<may::UsersWrite>>, owner: UserId, id: SessionId) -> Result<SessionId> {
    caller.count_change().await?;
    let ended = session::end_one(&caller.db, id, owner, EndedBy::Administrator, clock::now()).await?;
    Ok(ended.ok_or(ProblemCode::NotFound)?)
}
