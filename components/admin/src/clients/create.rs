//! `POST /api/core/v1/admin/clients`

use axum::Json as JsonBody;
use contract::{ClientId, ClientKind, CreateClient, CreatedClient, NewClient, SecurityEventKind};
use http::StatusCode;
use platform::{
    Result, clock,
    extract::Json,
    openapi::{CallerProblems, InputProblems, RateProblems, ServerProblems},
};
use store::{oauth_client, security_log::Event};
use uuid::Uuid;

use super::{Registrar, admit, new_secret, require_held};

/// Registers an application
///
/// A confidential one gets its first secret, which is shown in this answer alone. What it may do in its own name must be
/// held by the caller, who is signed in: an API key may not. Asks for a fresh proof. Permission: `clients:write`.
#[utoipa::path(
    post,
    path = "/api/core/v1/admin/clients",
    tag = "clients",
    request_body = CreateClient,
    responses(
        (status = 201, body = CreatedClient, description = "Registered: `client_secret` is shown this once"),
        CallerProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("clients:write"))),
)]
pub async fn create_client(
    caller: Registrar,
    Json(request): Json<CreateClient>,
) -> Result<(StatusCode, JsonBody<CreatedClient>)> {
    let new = request.parse()?;
    let id = ClientId(Uuid::now_v7());
    let created = create(&caller, id, &new).await;
    let event = Event::of(SecurityEventKind::ClientCreated, &created);
    caller.record(event.client(id, Some(new.name))).await?;
    Ok((StatusCode::CREATED, JsonBody(created?)))
}

async fn create(caller: &Registrar, id: ClientId, new: &NewClient) -> Result<CreatedClient> {
    admit(caller).await?;
    require_held(caller, &new.permissions)?;
    let (token, secret) = (new.kind == ClientKind::Confidential).then(new_secret).unzip();
    let client = oauth_client::create(&caller.db, id, new, secret, clock::now()).await?;
    Ok(CreatedClient { client, client_secret: token.map(|token| token.expose().to_owned()) })
}
