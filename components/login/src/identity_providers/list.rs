//! `GET /api/core/v1/auth/identity-providers`

use axum::Json;
use contract::{IdentityProvider, Page};
use platform::{Result, config::IdentityProviders, openapi::ServerProblems};

/// Lists the identity providers
///
/// With whose accounts one may sign in here. Permission: none.
#[utoipa::path(
    get,
    path = "/api/core/v1/auth/identity-providers",
    tag = "identity providers",
    responses((status = 200, body = Page<IdentityProvider>, description = "Those that are on"), ServerProblems),
)]
pub async fn list_identity_providers() -> Result<Json<Page<IdentityProvider>>> {
    let providers = IdentityProviders::get().await?.iter();
    let items =
        providers.map(|provider| IdentityProvider { id: provider.id, name: provider.name.clone() }).collect();
    Ok(Json(Page { items, next_cursor: None }))
}
