//! `DELETE /api/core/v1/admin/clients/{id}/secrets/{secret_id}`

use contract::{ClientId, ClientSecretId, ProblemCode, SecurityEventKind};
use http::StatusCode;
use platform::{
    Result,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, ServerProblems},
};
use store::{oauth_client, security_log::Event};

use crate::clients::{Registrar, owned};

/// Deletes a secret of an application
///
/// It is good no more, at once. What the application may do in its own name must be held by the caller, who is a person.
/// Asks for a fresh proof. Permission: `clients:write`.
#[utoipa::path(
    delete,
    path = "/api/core/v1/admin/clients/{id}/secrets/{secret_id}",
    tag = "clients",
    params(
        ("id" = ClientId, Path, description = "The application"),
        ("secret_id" = ClientSecretId, Path, description = "The secret"),
    ),
    responses((status = 204, description = "Deleted"), CallerProblems, AddressProblems, ServerProblems),
    extensions(("x-permission" = json!("clients:write"))),
)]
pub async fn delete_client_secret(
    caller: Registrar,
    Path((id, secret)): Path<(ClientId, ClientSecretId)>,
) -> Result<StatusCode> {
    let client = owned(&caller, id).await?;
    if !oauth_client::delete_secret(&caller.db, id, secret).await? {
        return Err(ProblemCode::NotFound.into());
    }
    let event = Event::success(SecurityEventKind::ClientSecretDeleted).client(id, Some(client.name));
    caller.record(event).await?;
    Ok(StatusCode::NO_CONTENT)
}
