//! `PATCH /api/core/v1/admin/clients/{id}`

use axum::response::Response;
use contract::{
    Client, ClientChanges, ClientId, ClientKind, FieldCode, ProblemCode, SecurityEventKind, UpdateClient,
};
use http::StatusCode;
use platform::{
    Error, Result, clock, etag,
    extract::{IfMatch, Json, Path},
    openapi::{
        AddressProblems, CallerProblems, ConditionProblems, InputProblems, RateProblems, ServerProblems,
    },
    problem::refuse_field,
    revocation,
};
use store::{oauth_client, security_log::Event, users::Refusal};

use super::{Registrar, owned, require_held};

/// Changes an application, or disables it
///
/// At the version that `If-Match` names; an absent field stays as it is. Where it is disabled, nobody signs in to it, it
/// gets no token, and those that are out are refused within seconds. What it may do in its own name, before and after,
/// must be held by the caller, who is signed in: an API key may not. Asks for a fresh proof. Permission: `clients:write`.
#[utoipa::path(
    patch,
    path = "/api/core/v1/admin/clients/{id}",
    tag = "clients",
    params(
        ("id" = ClientId, Path, description = "The application"),
        ("If-Match" = String, Header, description = "The `ETag` that it was read with", example = "\"1\""),
    ),
    request_body = UpdateClient,
    responses(
        (status = 200, body = Client, description = "As changed", headers(("ETag" = String, description = "Its version"))),
        CallerProblems,
        AddressProblems,
        ConditionProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("clients:write"))),
)]
pub async fn update_client(
    caller: Registrar,
    Path(id): Path<ClientId>,
    IfMatch(version): IfMatch,
    Json(request): Json<UpdateClient>,
) -> Result<Response> {
    let changes = request.parse()?;
    let client = owned(&caller, id, SecurityEventKind::ClientChanged).await?;
    let updated = update(&caller, &client, version, &changes).await;
    let event = Event::of(SecurityEventKind::ClientChanged, &updated).fields(changes.fields());
    caller.record(event.client(id, Some(client.name))).await?;
    let updated = updated?;
    if changes.disabled == Some(false) {
        revocation::set_client_disabled(id, false).await?;
    }
    Ok(etag::versioned(StatusCode::OK, updated.version, &updated))
}

async fn update(
    caller: &Registrar,
    client: &Client,
    version: i64,
    changes: &ClientChanges,
) -> Result<Client> {
    if let Some(permissions) = &changes.permissions {
        if client.kind == ClientKind::Public && !permissions.is_empty() {
            return Err(refuse_field("permissions", FieldCode::UnknownValue));
        }
        require_held(caller, permissions)?;
    }
    if client.version != version {
        return Err(ProblemCode::PreconditionFailed.into());
    }
    // First: what can't be told to all may not look done, nor be done without being written down.
    if changes.disabled == Some(true) {
        revocation::set_client_disabled(client.id, true).await?;
    }
    let updated = oauth_client::update(&caller.db, client.id, version, changes, clock::now()).await?;
    if updated.is_err() && !client.disabled && changes.disabled == Some(true) {
        revocation::set_client_disabled(client.id, false).await?;
    }
    updated.map_err(refused)
}

fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::PreconditionFailed => ProblemCode::PreconditionFailed,
        // Another request has deleted it at this very moment.
        _ => ProblemCode::NotFound,
    }
    .into()
}
