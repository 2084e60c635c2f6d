//! The component's entry.

use std::sync::LazyLock;

use axum::{Router, response::Response, routing::post};
use platform::api_key;
use spin_sdk::{http::Request, http_service};

use crate::{api, key_holder::key_holder};

/// The API, and what other components ask.
static ROUTER: LazyLock<Router> =
    LazyLock::new(|| platform::serve::router(api()).route(api_key::PATH, post(key_holder)));

#[http_service]
async fn handle(request: Request) -> Response {
    platform::serve::serve(&ROUTER, request).await
}
