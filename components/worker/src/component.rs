//! The component's entry.

use std::sync::LazyLock;

use axum::{Router, response::Response, routing::post};
use spin_sdk::{http::Request, http_service};

use crate::tick::tick;

static ROUTER: LazyLock<Router> = LazyLock::new(|| Router::new().route(platform::tick::PATH, post(tick)));

#[http_service]
async fn handle(request: Request) -> Response {
    platform::serve::serve(&ROUTER, request).await
}
