//! The back office, and whatever else is asked of the core API: its health and its description.

mod clients;
// Its export has a name that only a component can have.
#[cfg(target_arch = "wasm32")]
mod component;
mod health;
mod mails;
mod openapi;
mod ready;
mod roles;
mod security_events;
mod update_role;

use utoipa_axum::{router::OpenApiRouter, routes};

/// Every endpoint of this component.
pub fn api() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(clients::list::list_clients, clients::create::create_client))
        .routes(routes!(
            clients::get::get_client,
            clients::update::update_client,
            clients::delete::delete_client
        ))
        .routes(routes!(clients::secrets::create::create_client_secret))
        .routes(routes!(clients::secrets::delete::delete_client_secret))
        .routes(routes!(health::health))
        .routes(routes!(ready::ready))
        .routes(routes!(openapi::openapi))
        .routes(routes!(roles::roles))
        .routes(routes!(update_role::update_role))
        .routes(routes!(mails::list::list_mails))
        .routes(routes!(mails::get::get_mail))
        .routes(routes!(mails::retry::retry_mail))
        .routes(routes!(security_events::list_security_events))
}
