//! `POST /api/core/v1/admin/clients/{id}/secrets`

use axum::Json;
use contract::{Client, ClientId, ClientKind, CreatedClientSecret, ProblemCode, SecurityEventKind};
use http::StatusCode;
use platform::{
    Result, clock,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, RateProblems, ServerProblems},
};
use store::{oauth_client, security_log::Event};

use crate::clients::{Registrar, new_secret, owned};

/// Makes a secret of an application
///
/// It is shown in this answer alone. Two may be good at once, while they are being rotated: make the new one, let the
/// application take it, delete the old one. What the application may do in its own name must be held by the caller, who
/// is signed in: an API key may not. Asks for a fresh proof. Permission: `clients:write`.
#[utoipa::path(
    post,
    path = "/api/core/v1/admin/clients/{id}/secrets",
    tag = "clients",
    params(("id" = ClientId, Path, description = "The application")),
    responses(
        (status = 201, body = CreatedClientSecret, description = "Made: `client_secret` is shown this once"),
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`too_many_client_secrets`: it has two. `public_client`: it can't keep any"),
        CallerProblems,
        AddressProblems,
        RateProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("clients:write"))),
)]
pub async fn create_client_secret(
    caller: Registrar,
    Path(id): Path<ClientId>,
) -> Result<(StatusCode, Json<CreatedClientSecret>)> {
    let client = owned(&caller, id, SecurityEventKind::ClientSecretCreated).await?;
    let created = create(&caller, &client).await;
    let event = Event::of(SecurityEventKind::ClientSecretCreated, &created);
    caller.record(event.client(id, Some(client.name))).await?;
    Ok((StatusCode::CREATED, Json(created?)))
}

async fn create(caller: &Registrar, client: &Client) -> Result<CreatedClientSecret> {
    if client.kind == ClientKind::Public {
        return Err(ProblemCode::PublicClient.into());
    }
    let (token, secret) = new_secret();
    let added = oauth_client::add_secret(&caller.db, client.id, secret, clock::now()).await?;
    let secret = added.ok_or(ProblemCode::TooManyClientSecrets)?;
    Ok(CreatedClientSecret { secret, client_secret: token.expose().to_owned() })
}
