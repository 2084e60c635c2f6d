//! Where mails lead to: pages of the UI. Tokens are in the fragment, which no server ever logs.

use credentials::OpaqueToken;

use crate::config::Site;

/// Where to sign in.
pub fn sign_in(site: &Site) -> String {
    format!("{}/sign-in", site.issuer())
}

/// Where to make the account that was asked for or offered.
pub fn sign_up(site: &Site, token: &OpaqueToken) -> String {
    format!("{}/sign-up#token={}", site.issuer(), token.expose())
}

/// Where to prove an address.
pub fn confirm_email(site: &Site, token: &OpaqueToken) -> String {
    format!("{}/confirm-email#token={}", site.issuer(), token.expose())
}

/// Where to choose a new password.
pub fn reset_password(site: &Site, token: &OpaqueToken) -> String {
    format!("{}/reset-password#token={}", site.issuer(), token.expose())
}

/// Where to see what is kept of one's account, and end sessions.
pub fn account(site: &Site) -> String {
    format!("{}/account", site.issuer())
}

/// Where to ask for a link to choose a new password.
pub fn forgot_password(site: &Site) -> String {
    format!("{}/forgot-password", site.issuer())
}
