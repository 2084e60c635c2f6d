//! A component with a route for every interface of the host: one module per interface.

mod faults;
mod files;
mod key_value;
mod outbound;
mod postgres;
mod redis;
mod request;
mod surroundings;

use std::sync::LazyLock;

use axum::Router;
use http::StatusCode;
use spin_sdk::{
    http::{IntoResponse, Request},
    http_service,
};
use tower_service::Service as _;

/// What every handler answers: text, or the error's text with status 500.
type Answer = Result<String, (StatusCode, String)>;

/// Built once per instance, not once per request.
static ROUTER: LazyLock<Router> = LazyLock::new(|| {
    Router::new()
        .merge(faults::routes())
        .merge(files::routes())
        .merge(key_value::routes())
        .merge(outbound::routes())
        .merge(postgres::routes())
        .merge(redis::routes())
        .merge(request::routes())
        .merge(surroundings::routes())
});

#[http_service]
async fn handle(request: Request) -> impl IntoResponse {
    ROUTER.clone().call(request).await
}

fn failed(error: impl std::fmt::Debug) -> (StatusCode, String) {
    (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:?}"))
}
