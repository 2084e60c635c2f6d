//! `DELETE /api/core/v1/users/{id}/sessions/{session}`

use contract::{ProblemCode, SecurityEventKind, SessionId, UserId};
use http::StatusCode;
use platform::{
    Result, clock,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, ServerProblems},
    revocation,
};
use store::{Caller, Proven, may, security_log::Event, users::sessions};

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
    responses((status = 204, description = "Ended"), CallerProblems, AddressProblems, ServerProblems),
    extensions(("x-permission" = json!("users:write"))),
)]
pub async fn end_user_session(
    caller: Caller<Proven<may::UsersWrite>>,
    Path((id, session)): Path<(UserId, SessionId)>,
) -> Result<StatusCode> {
    let ended = end(&caller, id, session).await;
    caller
        .record(Event::of(SecurityEventKind::UserSessionsEnded, &ended).account(id).ending(session))
        .await?;
    ended.map(|()| StatusCode::NO_CONTENT)
}

async fn end(caller: &Caller<Proven<may::UsersWrite>>, id: UserId, session: SessionId) -> Result<()> {
    let ended = sessions::end_one(&caller.db, session, id, clock::now()).await?;
    Ok(revocation::revoke(&[ended.ok_or(ProblemCode::NotFound)?]).await?)
}
