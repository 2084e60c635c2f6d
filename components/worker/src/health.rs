//! `GET /health`

use axum::Json;
use contract::{Health, HealthStatus};

/// Whether the worker runs: a component that answers does.
pub async fn health() -> Json<Health> {
    Json(Health { status: HealthStatus::Ok })
}
