//! `GET /api/core/v1/openapi.json`

use axum::response::IntoResponse;
use platform::openapi;

/// This document
///
/// `OpenAPI` 3.1 of the core API: `login`, `users` and `admin`. Permission: none.
#[utoipa::path(
    get,
    path = "/api/core/v1/openapi.json",
    tag = "description",
    responses((status = 200, description = "An OpenAPI document")),
)]
pub async fn openapi() -> impl IntoResponse {
    openapi::document(include_str!("../../../docs/openapi/core.json"))
}
