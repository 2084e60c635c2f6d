//! Who you are: the only component that reads password hashes and refresh tokens and holds the signing key.
//!
//! One operation, one file. `api` lists them; `discovery` is what other services verify tokens with.

// Its export has a name that only a component can have.
mod attempts;
#[cfg(target_arch = "wasm32")]
mod component;
mod discovery;
mod grant;
mod login;
mod logout;
mod refresh;
mod setup;
mod tokens;

use utoipa_axum::{router::OpenApiRouter, routes};

/// Every endpoint of this component.
pub fn api() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(setup::setup))
        .routes(routes!(login::login))
        .routes(routes!(refresh::refresh))
        .routes(routes!(logout::logout))
        .routes(routes!(discovery::jwks))
        .routes(routes!(discovery::openid_configuration))
}
