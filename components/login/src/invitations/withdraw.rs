//! `DELETE /api/core/v1/auth/invitations/{id}`

use contract::{Email, InvitationId, ProblemCode, SecurityEventKind};
use http::StatusCode;
use platform::{
    Result,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, RateProblems, ServerProblems},
};
use store::{Caller, invitation, may, security_log::Event};

/// Withdraws an invitation
///
/// Its link is good no more. Permission: `users:write`.
#[utoipa::path(
    delete,
    path = "/api/core/v1/auth/invitations/{id}",
    tag = "invitations",
    params(("id" = InvitationId, Path, description = "The invitation")),
    responses((status = 204, description = "Withdrawn"), CallerProblems, AddressProblems, RateProblems, ServerProblems),
    extensions(("x-permission" = json!("users:write"))),
)]
pub async fn withdraw_invitation(
    caller: Caller<may::UsersWrite>,
    Path(id): Path<InvitationId>,
) -> Result<StatusCode> {
    let withdrawn = withdraw(&caller, id).await;
    let event = Event::of(SecurityEventKind::InvitationWithdrawn, &withdrawn);
    caller.record(event.typed(withdrawn.as_ref().ok())).await?;
    withdrawn.map(|_| StatusCode::NO_CONTENT)
}

/// Answers whose it was.
async fn withdraw(caller: &Caller<may::UsersWrite>, id: InvitationId) -> Result<Email> {
    caller.count_change().await?;
    Ok(invitation::withdraw(&caller.db, id).await?.ok_or(ProblemCode::NotFound)?)
}
