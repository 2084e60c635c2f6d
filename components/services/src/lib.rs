//! Critical services. They have no database yet and trust the token's signature, checked offline.

// Its export has a name that only a component can have.
#[cfg(target_arch = "wasm32")]
mod component;
mod health;
mod openapi;
mod ready;
mod tick;
mod whoami;

use utoipa_axum::{router::OpenApiRouter, routes};

/// Every endpoint of this component.
pub fn api() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(health::health))
        .routes(routes!(ready::ready))
        .routes(routes!(openapi::openapi))
        .routes(routes!(tick::tick))
        .routes(routes!(whoami::whoami))
}
