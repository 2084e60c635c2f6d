//! What an ID token says.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc, serde::ts_seconds};
use contract::{ClientId, SessionId, UserInfo};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha512};

use crate::claims::TokenClaims;

/// The claims of an ID token (`OpenID` Connect Core 1.0 §2): who has signed in to an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdTokenClaims {
    /// `iss`: the URL that signed it.
    #[serde(rename = "iss")]
    pub issuer: String,
    /// `aud`: the application.
    #[serde(rename = "aud")]
    pub audience: ClientId,
    /// `azp`: the application, which asked for it.
    #[serde(rename = "azp")]
    pub authorized_party: ClientId,
    /// `sid`: the session that the person signed in with.
    #[serde(rename = "sid")]
    pub session_id: SessionId,
    /// `auth_time`: when the person last proved who they are; where a provider vouched for them that doesn't tell, when
    /// they signed in.
    #[serde(rename = "auth_time", with = "ts_seconds")]
    pub authenticated_at: DateTime<Utc>,
    /// `nonce`, as the application gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// `at_hash`: ties it to its access token.
    #[serde(rename = "at_hash")]
    pub access_token_hash: String,
    /// `iat`.
    #[serde(rename = "iat", with = "ts_seconds")]
    pub issued_at: DateTime<Utc>,
    /// `exp`.
    #[serde(rename = "exp", with = "ts_seconds")]
    pub expires_at: DateTime<Utc>,
    /// `sub`, and what the scopes allow to know of the person.
    #[serde(flatten)]
    pub person: UserInfo,
}

impl IdTokenClaims {
    /// `at_hash` of an access token (`OpenID` Connect Core 1.0 §3.1.3.6): the left half of its SHA-512, which is the hash
    /// of Ed25519.
    pub fn access_token_hash(access_token: &str) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(&Sha512::digest(access_token)[..32])
    }
}

impl TokenClaims for IdTokenClaims {
    const MEDIA_TYPE: &'static str = "JWT";

    fn issued_at(&self) -> DateTime<Utc> {
        self.issued_at
    }

    fn expires_at(&self) -> DateTime<Utc> {
        self.expires_at
    }
}
