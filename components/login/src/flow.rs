//! What ties a browser that is sent to an identity provider to the answer that it brings back.

use contract::{IdentityProviderId, ProblemCode};
use credentials::{OpaqueToken, TokenKind, os_rng};
use http::HeaderMap;
use oauth2::{CsrfToken, PkceCodeVerifier};
use openidconnect::Nonce;
use platform::{Result, access_token};
use store::provider_authorization::Ticket;

use crate::tokens;

/// What the browser keeps, and no other site's page can set.
const COOKIE: &str = "__Host-matrice_authorization";
/// How long somebody may take at the provider.
pub const LIFETIME_MINUTES: i64 = 10;

/// A state, which the provider sends back, and what the browser keeps. Nonce and code verifier are made of the two, so
/// that they are nowhere at rest: the database has hashes, the provider never sees what the browser keeps, and another
/// browser has another.
pub struct Flow {
    state: OpaqueToken,
    browser: OpaqueToken,
}

impl Flow {
    /// A new one; a browser that has begun others goes on with all of them.
    pub fn begin(headers: &HeaderMap) -> Self {
        let state = OpaqueToken::generate(TokenKind::State, &mut os_rng());
        let browser =
            browser(headers).unwrap_or_else(|| OpaqueToken::generate(TokenKind::Browser, &mut os_rng()));
        Self { state, browser }
    }

    /// One whose answer has come back to the browser.
    pub fn returning(headers: &HeaderMap, state: &str) -> Result<Self> {
        let state =
            OpaqueToken::parse(TokenKind::State, state).map_err(|_| ProblemCode::AuthorizationInvalid)?;
        let browser = browser(headers).ok_or(ProblemCode::AuthorizationInvalid)?;
        Ok(Self { state, browser })
    }

    /// What the database knows of it.
    pub fn ticket(&self, provider: IdentityProviderId) -> Ticket {
        Ticket { state: self.state.hash(), browser: self.browser.hash(), provider }
    }

    /// The cookie that the browser keeps.
    pub fn cookie(&self) -> String {
        tokens::cookie(COOKIE, self.browser.expose(), "/", LIFETIME_MINUTES * 60)
    }

    /// What the provider is to send back (RFC 6749 §10.12).
    pub fn state(&self) -> CsrfToken {
        CsrfToken::new(self.state.expose().to_owned())
    }

    /// What the ID token must have (`OpenID` Connect Core 1.0 §15.5.2).
    pub fn nonce(&self) -> Nonce {
        Nonce::new(self.state.derive(&self.browser, "nonce"))
    }

    /// What proves to the provider that the code is brought by whom it was asked by (RFC 7636 §4.1).
    pub fn verifier(&self) -> PkceCodeVerifier {
        PkceCodeVerifier::new(self.state.derive(&self.browser, "code_verifier"))
    }
}

fn browser(headers: &HeaderMap) -> Option<OpaqueToken> {
    OpaqueToken::parse(TokenKind::Browser, access_token::cookie(headers, COOKIE)?).ok()
}
