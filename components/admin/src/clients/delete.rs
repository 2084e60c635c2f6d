//! `DELETE /api/core/v1/admin/clients/{id}`

use contract::{ClientId, ProblemCode, SecurityEventKind};
use http::StatusCode;
use platform::{
    Result,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, RateProblems, ServerProblems},
    revocation,
};
use store::{oauth_client, security_log::Event};

use super::{Registrar, owned};

/// Deletes an application
///
/// With all that people have allowed it, and what it got by that. What it may do in its own name must be held by the
/// caller, who is signed in: an API key may not. Asks for a fresh proof. Permission: `clients:write`.
#[utoipa::path(
    delete,
    path = "/api/core/v1/admin/clients/{id}",
    tag = "clients",
    params(("id" = ClientId, Path, description = "The application")),
    responses((status = 204, description = "Deleted"), CallerProblems, AddressProblems, RateProblems, ServerProblems),
    extensions(("x-permission" = json!("clients:write"))),
)]
pub async fn delete_client(caller: Registrar, Path(id): Path<ClientId>) -> Result<StatusCode> {
    let client = owned(&caller, id, SecurityEventKind::ClientDeleted).await?;
    let deleted = delete(&caller, id).await;
    let event = Event::of(SecurityEventKind::ClientDeleted, &deleted);
    caller.record(event.client(id, Some(client.name))).await?;
    deleted.map(|()| StatusCode::NO_CONTENT)
}

async fn delete(caller: &Registrar, id: ClientId) -> Result<()> {
    revocation::set_client_disabled(id, true).await?;
    let deleted = oauth_client::delete(&caller.db, id).await?;
    Ok(deleted.then_some(()).ok_or(ProblemCode::NotFound)?)
}
