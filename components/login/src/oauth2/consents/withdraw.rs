//! `DELETE /api/core/v1/auth/consents/{client_id}`

use contract::{ClientId, ProblemCode, SecurityEventKind};
use http::StatusCode;
use platform::{
    Result, clock,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, RateProblems, ServerProblems},
};
use store::{Caller, oauth_consent, security_log::Event};

use crate::attempts;

/// Withdraws what the caller has allowed an application
///
/// Its refresh tokens are good no more, nor its access tokens where it asks about them; what it verifies by itself ends
/// within ten minutes. Permission: none beyond being signed in.
#[utoipa::path(
    delete,
    path = "/api/core/v1/auth/consents/{client_id}",
    tag = "oauth2",
    params(("client_id" = ClientId, Path, description = "The application")),
    responses(
        (status = 204, description = "Withdrawn"),
        CallerProblems,
        AddressProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn withdraw_consent(caller: Caller, Path(client): Path<ClientId>) -> Result<StatusCode> {
    attempts::count_consents(&caller.db, caller.me.id).await?;
    let name = oauth_consent::withdraw(&caller.db, caller.me.id, client, clock::now()).await?;
    let name = name.ok_or(ProblemCode::NotFound)?;
    let event = Event::success(SecurityEventKind::ConsentWithdrawn).client(client, Some(name));
    caller.record(event).await?;
    Ok(StatusCode::NO_CONTENT)
}
