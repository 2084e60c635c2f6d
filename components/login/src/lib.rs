//! Who you are: the only component that reads password hashes, refresh tokens and second factors, and holds the keys
//! that sign and seal.
//!
//! One operation, one file. `api` lists them; `discovery` is what other services verify tokens with.

mod account;
mod activity;
mod api_keys;
mod attempts;
mod codes;
// Its export has a name that only a component can have.
#[cfg(target_arch = "wasm32")]
mod component;
mod discovery;
mod email;
mod grant;
mod invitations;
#[cfg(target_arch = "wasm32")]
mod key_holder;
mod login;
mod logout;
mod mfa;
mod owner;
mod password;
mod refresh;
mod sessions;
mod setup;
mod sign_up;
mod step_up;
mod tokens;
mod visit;

use platform::links;
use store::letter;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Every endpoint of this component.
pub fn api() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(setup::setup))
        .routes(routes!(sign_up::rules::sign_up_rules, sign_up::request::sign_up))
        .routes(routes!(sign_up::complete::complete_sign_up))
        .routes(routes!(invitations::list::list_invitations, invitations::create::invite))
        .routes(routes!(invitations::withdraw::withdraw_invitation))
        .routes(routes!(login::login))
        .routes(routes!(login::second_factor::login_second_factor))
        .routes(routes!(step_up::step_up))
        .routes(routes!(refresh::refresh))
        .routes(routes!(logout::logout))
        .routes(routes!(password::forgot::forgot_password))
        .routes(routes!(password::reset::reset_password))
        .routes(routes!(password::change::change_password))
        .routes(routes!(mfa::show::show_second_factors))
        .routes(routes!(mfa::begin_totp::begin_totp))
        .routes(routes!(mfa::confirm_totp::confirm_totp))
        .routes(routes!(mfa::remove_totp::remove_totp))
        .routes(routes!(mfa::replace_recovery_codes::replace_recovery_codes))
        .routes(routes!(email::change::change_email))
        .routes(routes!(email::verify::verify_email))
        .routes(routes!(email::confirm::confirm_email))
        .routes(routes!(account::export::export_account))
        .routes(routes!(account::delete::delete_account))
        .routes(routes!(sessions::list::list_sessions))
        .routes(routes!(sessions::end::end_session))
        .routes(routes!(sessions::end_others::end_other_sessions))
        .routes(routes!(activity::activity))
        .routes(routes!(api_keys::list::list_api_keys, api_keys::create::create_api_key))
        .routes(routes!(api_keys::delete::delete_api_key))
        .routes(routes!(discovery::jwks))
        .routes(routes!(discovery::openid_configuration))
}
