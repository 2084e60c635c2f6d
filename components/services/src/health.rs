//! `GET /api/service/v1/health`

use axum::Json;
use contract::{Health, HealthStatus};

/// Whether the service API is alive
///
/// Asks nothing of anybody: a component that answers runs. Permission: none.
#[utoipa::path(
    get,
    path = "/api/service/v1/health",
    tag = "health",
    responses((status = 200, body = Health, description = "Alive")),
)]
pub async fn health() -> Json<Health> {
    Json(Health { status: HealthStatus::Ok })
}
