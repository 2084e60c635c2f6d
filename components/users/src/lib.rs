//! Accounts and profiles. One operation, one file, named for its verb.

// Its export has a name that only a component can have.
#[cfg(target_arch = "wasm32")]
mod component;
mod create;
mod get;
mod list;
mod lock;
mod me;
mod reset_second_factor;
mod respond;
mod sessions;
mod unlock;
mod update;
mod update_me;

use utoipa_axum::{router::OpenApiRouter, routes};

/// Every endpoint of this component.
pub fn api() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(me::me, update_me::update_me))
        .routes(routes!(list::list, create::create))
        .routes(routes!(get::get, update::update))
        .routes(routes!(lock::lock))
        .routes(routes!(unlock::unlock))
        .routes(routes!(sessions::list::list_user_sessions, sessions::end_all::end_user_sessions))
        .routes(routes!(sessions::end::end_user_session))
        .routes(routes!(reset_second_factor::reset_second_factor))
}
