//! `GET /api/core/v1/ready`

use axum::response::Response;
use contract::Readiness;
use platform::{db::Db, readiness};

/// Whether the core API can work
///
/// Asks the database and the key-value store for an answer. Permission: none.
#[utoipa::path(
    get,
    path = "/api/core/v1/ready",
    tag = "health",
    responses(
        (status = 200, body = Readiness, description = "Everything needed answers"),
        (status = 503, body = Readiness, description = "Something doesn't; `checks` says which"),
    ),
)]
pub async fn ready() -> Response {
    let database = readiness::check("database", ping().await);
    let key_value = readiness::check("key_value", readiness::key_value().await);
    readiness::respond(vec![database, key_value])
}

async fn ping() -> platform::Result<()> {
    let db = Db::connect().await?;
    Ok(store::health::ping(&db).await?)
}
