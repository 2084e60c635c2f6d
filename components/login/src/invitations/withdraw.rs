//! `DELETE /api/core/v1/auth/invitations/{id}`

use contract::{InvitationId, ProblemCode, SecurityEventKind};
use http::StatusCode;
use platform::{
    Result,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, ServerProblems},
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
    responses((status = 204, description = "Withdrawn"), CallerProblems, AddressProblems, ServerProblems),
    extensions(("x-permission" = json!("users:write"))),
)]
pub async fn withdraw_invitation(
    caller: Caller<may::UsersWrite>,
    Path(id): Path<InvitationId>,
) -> Result<StatusCode> {
    if !invitation::withdraw(&caller.db, id).await? {
        return Err(ProblemCode::NotFound.into());
    }
    caller.record(Event::success(SecurityEventKind::InvitationWithdrawn)).await?;
    Ok(StatusCode::NO_CONTENT)
}
