//! `GET /api/service/v1/ready`

use axum::response::Response;
use contract::Readiness;
use platform::readiness;

/// Whether the service API can work
///
/// Asks the key-value store for an answer; it needs no database. Permission: none.
#[utoipa::path(
    get,
    path = "/api/service/v1/ready",
    tag = "health",
    responses(
        (status = 200, body = Readiness, description = "Everything needed answers"),
        (status = 503, body = Readiness, description = "Something doesn't; `checks` says which"),
    ),
)]
pub async fn ready() -> Response {
    readiness::respond(vec![readiness::check("key_value", readiness::key_value().await)])
}
