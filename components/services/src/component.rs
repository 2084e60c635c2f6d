//! The component's entry.

use std::sync::LazyLock;

use axum::{Router, response::Response};
use spin_sdk::{http::Request, http_service};

use crate::api;

static ROUTER: LazyLock<Router> = LazyLock::new(|| platform::serve::router(api()));

#[http_service]
async fn handle(request: Request) -> Response {
    platform::serve::serve(&ROUTER, request).await
}
