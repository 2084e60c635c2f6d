//! `DELETE /api/core/v1/admin/clients/{id}/secrets/{secret_id}`

use contract::{ClientId, ClientSecretId, ProblemCode, SecurityEventKind};
use http::StatusCode;
use platform::{
    Result,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, RateProblems, ServerProblems},
};
use store::{oauth_client, security_log::Event};

use crate::clients::{Registrar, owned};

/// Deletes a secret of an application
///
/// It is good no more, at once. What the application may do in its own name must be held by the caller, who is signed in:
/// an API key may not. Asks for a fresh proof. Permission: `clients:write`.
#[utoipa::path(
    delete,
    path = "/api/core/v1/admin/clients/{id}/secrets/{secret_id}",
    tag = "clients",
    params(
        ("id" = ClientId, Path, description = "The application"),
        ("secret_id" = ClientSecretId, Path, description = "The secret"),
    ),
    responses((status = 204, description = "Deleted"), CallerProblems, AddressProblems, RateProblems, ServerProblems),
    extensions(("x-permission" = json!("clients:write"))),
)]
pub async fn delete_client_secret(
    caller: Registrar,
    Path((id, secret)): Path<(ClientId, ClientSecretId)>,
) -> Result<StatusCode> {
    let client = owned(&caller, id, SecurityEventKind::ClientSecretDeleted).await?;
    let deleted = delete(&caller, id, secret).await;
    let event = Event::of(SecurityEventKind::ClientSecretDeleted, &deleted);
    caller.record(event.client(id, Some(client.name))).await?;
    deleted.map(|()| StatusCode::NO_CONTENT)
}

async fn delete(caller: &Registrar, id: ClientId, secret: ClientSecretId) -> Result<()> {
    let deleted = oauth_client::delete_secret(&caller.db, id, secret).await?;
    Ok(deleted.then_some(()).ok_or(ProblemCode::NotFound)?)
}
