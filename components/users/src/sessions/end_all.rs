//! `DELETE /api/core/v1/users/{id}/sessions`

use contract::{ProblemCode, SecurityEventKind, SessionId, UserId};
use http::StatusCode;
use platform::{
    Result, clock,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, RateProblems, ServerProblems},
    revocation,
};
use store::{Caller, Proven, may, security_log::Event, users::sessions};

/// Ends all sessions of an account
///
/// At once and everywhere; of one's own account, the caller's too. Asks for a fresh proof. Permission: `users:write`.
#[utoipa::path(
    delete,
    path = "/api/core/v1/users/{id}/sessions",
    tag = "users",
    params(("id" = UserId, Path, description = "The account")),
    responses((status = 204, description = "Ended"), CallerProblems, AddressProblems, RateProblems, ServerProblems),
    extensions(("x-permission" = json!("users:write"))),
)]
pub async fn end_user_sessions(
    caller: Caller<Proven<may::UsersWrite>>,
    Path(id): Path<UserId>,
) -> Result<StatusCode> {
    let ended = end_all(&caller, id).await;
    caller.record(Event::of(SecurityEventKind::UserSessionsEnded, &ended).account(id)).await?;
    revocation::revoke(&ended?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn end_all(caller: &Caller<Proven<may::UsersWrite>>, id: UserId) -> Result<Vec<SessionId>> {
    caller.count_change().await?;
    Ok(sessions::end_all(&caller.db, id, clock::now()).await?.ok_or(ProblemCode::NotFound)?)
}
