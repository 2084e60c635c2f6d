//! `GET /api/core/v1/admin/clients`

use axum::Json;
use contract::{Client, ClientId, Page};
use platform::{
    Result, cursor,
    extract::Query,
    openapi::{CallerProblems, QueryProblems, ServerProblems},
};
use store::{Caller, may, oauth_client};

/// Lists the applications
///
/// Those that people sign in to with their account, or that call the API in their own name, the last registered first.
/// Permission: `clients:read`.
#[utoipa::path(
    get,
    path = "/api/core/v1/admin/clients",
    tag = "clients",
    params(
        ("limit" = Option<u8>, Query, description = "1 to 100 items, 25 unless told", example = 25),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
    ),
    responses(
        (status = 200, body = Page<Client>, description = "A page of applications"),
        CallerProblems,
        QueryProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("clients:read"))),
)]
pub async fn list_clients(caller: Caller<may::ClientsRead>, query: Query) -> Result<Json<Page<Client>>> {
    let (limit, cursor) = cursor::parse(query)?;
    let before: Option<ClientId> = cursor.map(|text| cursor::decode(&text)).transpose()?;
    let clients = oauth_client::list(&caller.db, before, cursor::fetch(limit)).await?;
    Ok(Json(cursor::page(clients, limit, |last| last.id)?))
}
