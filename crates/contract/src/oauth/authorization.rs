//! Asking a person whether an application may sign them in.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ClientName, ScopeSet};
use crate::ClientId;

/// Body of `POST /api/core/v1/auth/oauth2/authorization`: the query of the page, as it came (RFC 6749 §4.1.1, RFC 7636
/// §4.3, `OpenID` Connect Core 1.0 §3.1.2.1), and when it was first asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct AuthorizationRequest {
    /// Which application asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(required = true, example = "0199b2f0-5a3e-7cc1-8d2b-1c0ffee00001")
    )]
    pub client_id: Option<String>,
    /// Where the answer goes: one of the application's addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(required = true, example = "https://app.example.org/callback"))]
    pub redirect_uri: Option<String>,
    /// `code`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(required = true, example = "code"))]
    pub response_type: Option<String>,
    /// `query`, unless left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "query"))]
    pub response_mode: Option<String>,
    /// What is asked for, separated by spaces; `openid` among it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(required = true, example = "openid profile"))]
    pub scope: Option<String>,
    /// Comes back with the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "af0ifjsldkj"))]
    pub state: Option<String>,
    /// Comes back in the ID token.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "n-0S6_WzA2Mj"))]
    pub nonce: Option<String>,
    /// The base64url of the SHA-256 of the code verifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(required = true, example = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    )]
    pub code_challenge: Option<String>,
    /// `S256`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(required = true, example = "S256"))]
    pub code_challenge_method: Option<String>,
    /// `none`, or `login` and `consent`, separated by a space.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "login"))]
    pub prompt: Option<String>,
    /// Seconds since the person last proved who they are, at the most.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "3600"))]
    pub max_age: Option<String>,
    /// Not supported (`OpenID` Connect Core 1.0 §6.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "eyJhbGciOiJub25lIn0.e30."))]
    pub request: Option<String>,
    /// Not supported (`OpenID` Connect Core 1.0 §6.2).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "https://app.example.org/request"))]
    pub request_uri: Option<String>,
    /// An ID token that the application got, of the person whom it expects; one that has expired will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "eyJhbGciOiJFZERTQSJ9.e30.c2ln"))]
    pub id_token_hint: Option<String>,
    /// Whether the query has a parameter twice (RFC 6749 §3.1): then it is refused, and what was there twice left out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "openapi", schema(example = false))]
    pub repeated: bool,
    /// `asked_at` of the first answer, in every request that follows it: what was proven since counts as proven for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "2026-11-24T23:40:00Z"))]
    pub asked_at: Option<DateTime<Utc>>,
}

/// Body of `POST /api/core/v1/auth/oauth2/authorization/decision`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuthorizationDecision {
    /// What was asked.
    #[serde(flatten)]
    pub request: AuthorizationRequest,
    /// Whether the person allows it.
    pub approve: bool,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuthorizationStep {
    /// The person signs in; then the same is asked again.
    SignIn,
    /// The person, who is signed in, proves again who they are (`.../auth/step-up`); then the same is asked again.
    Prove,
    /// The person is asked; `.../authorization/decision` takes the answer.
    Consent,
    /// The browser goes to `redirect_to`: with a code, or with an error that is the application's to show.
    Redirect,
}

/// Answer of `POST /api/core/v1/auth/oauth2/authorization` and `.../authorization/decision`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Authorization {
    /// What comes next.
    pub step: AuthorizationStep,
    /// Which application asks.
    pub client_id: ClientId,
    /// What people know it by.
    pub client_name: ClientName,
    /// What it asks for; empty where the request is refused.
    pub scopes: ScopeSet,
    /// Since when it is asked.
    pub asked_at: DateTime<Utc>,
    /// Where the browser goes, for `redirect`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(
            example = "https://app.example.org/callback?code=mta_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G&iss=https%3A%2F%2Fexample.org"
        )
    )]
    pub redirect_to: Option<String>,
}

/// What a person has allowed an application. Withdrawing it ends what the application got by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Consent {
    /// Which application.
    pub client_id: ClientId,
    /// What people know it by.
    pub client_name: ClientName,
    /// What it was allowed.
    pub scopes: ScopeSet,
    /// When it was allowed last.
    pub given_at: DateTime<Utc>,
}
