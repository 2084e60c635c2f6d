//! `GET /api/core/v1/admin/clients/{id}`

use axum::response::Response;
use contract::{Client, ClientId, ProblemCode};
use http::StatusCode;
use platform::{
    Result, etag,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, ServerProblems},
};
use store::{Caller, may, oauth_client};

/// Reads an application
///
/// Its `ETag` is what an update names in `If-Match`. Permission: `clients:read`.
#[utoipa::path(
    get,
    path = "/api/core/v1/admin/clients/{id}",
    tag = "clients",
    params(("id" = ClientId, Path, description = "The application")),
    responses(
        (status = 200, body = Client, description = "The application",
            headers(("ETag" = String, description = "Its version"))),
        CallerProblems,
        AddressProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("clients:read"))),
)]
pub async fn get_client(caller: Caller<may::ClientsRead>, Path(id): Path<ClientId>) -> Result<Response> {
    let client = oauth_client::get(&caller.db, id).await?.ok_or(ProblemCode::NotFound)?;
    Ok(etag::versioned(StatusCode::OK, client.version, &client))
}
