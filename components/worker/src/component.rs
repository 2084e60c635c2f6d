//! The component's entry.

use std::sync::LazyLock;

use axum::{Router, response::Response, routing::get};
use spin_sdk::{http::Request, http_service};

use crate::health::health;

static ROUTER: LazyLock<Router> = LazyLock::new(|| Router::new().route("/health", get(health)));

#[http_service]
async fn handle(request: Request) -> Response {
    platform::serve::serve(&ROUTER, request).await
}
