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
mod flow;
mod grant;
mod identities;
mod identity_providers;
mod invitations;
#[cfg(target_arch = "wasm32")]
mod key_holder;
mod login;
mod logout;
mod mailed_link;
mod mfa;
mod oauth2;
mod owner;
mod passkeys;
mod password;
mod provider;
mod refresh;
mod sessions;
mod setup;
mod sign_in;
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
        .routes(routes!(identity_providers::list::list_identity_providers))
        .routes(routes!(
            identity_providers::pending::pending_authorization,
            identity_providers::begin::begin_authorization
        ))
        .routes(routes!(identity_providers::sign_in::sign_in_with_provider))
        .routes(routes!(identity_providers::link::link_identity))
        .routes(routes!(identity_providers::step_up::step_up_with_provider))
        .routes(routes!(identities::list::list_identities))
        .routes(routes!(identities::unlink::unlink_identity))
        .routes(routes!(login::begin_passkey::begin_login_passkey))
        .routes(routes!(step_up::step_up))
        .routes(routes!(step_up::begin_passkey::begin_step_up_passkey))
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
        .routes(routes!(passkeys::list::list_passkeys, passkeys::add::add_passkey))
        .routes(routes!(passkeys::begin_registration::begin_passkey_registration))
        .routes(routes!(passkeys::rename::rename_passkey, passkeys::remove::remove_passkey))
        .routes(routes!(passkeys::begin_sign_in::begin_passkey_sign_in))
        .routes(routes!(passkeys::sign_in::sign_in_with_passkey))
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
        .routes(routes!(oauth2::authorization::authorization))
        .routes(routes!(oauth2::decision::decide))
        .routes(routes!(oauth2::token::token))
        .routes(routes!(oauth2::userinfo::userinfo, oauth2::userinfo::userinfo_by_post))
        .routes(routes!(oauth2::introspect::introspect))
        .routes(routes!(oauth2::revoke::revoke))
        .routes(routes!(oauth2::end_session::end_oauth_session))
        .routes(routes!(oauth2::consents::list::list_consents))
        .routes(routes!(oauth2::consents::withdraw::withdraw_consent))
        .routes(routes!(discovery::jwks))
        .routes(routes!(discovery::openid_configuration))
        .routes(routes!(discovery::oauth_authorization_server))
}
