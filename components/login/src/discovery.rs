//! What other applications and services need to know: how to sign people in, and how to verify tokens offline.

use axum::{Extension, Json, response::IntoResponse};
use contract::Scope;
use http::header;
use platform::{Result, config, config::Site, openapi::ServerProblems};
use serde::Serialize;
use utoipa::ToSchema;

/// Public keys change rarely, and a verifier that meets an unknown `kid` asks again.
const CACHE: (header::HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=300");

/// The public keys of the tokens
///
/// A JSON Web Key Set (RFC 7517) of Ed25519 keys (RFC 8037), two while keys are being rotated. Permission: none.
#[utoipa::path(
    get,
    path = "/.well-known/jwks.json",
    tag = "discovery",
    responses(
        (status = 200, body = serde_json::Value, description = "`keys`: each with `kty`, `crv`, `x`, `kid`, `alg`, `use`"),
        ServerProblems,
    ),
)]
pub async fn jwks() -> Result<impl IntoResponse> {
    let keys = config::verifying_keys().await?;
    Ok(([CACHE], Json(keys.jwks())))
}

/// `OpenID` Connect Discovery 1.0 §3, RFC 8414 §2.
#[derive(Serialize, ToSchema)]
pub struct OpenIdConfiguration {
    /// The `iss` claim of the tokens.
    issuer: String,
    /// Where browsers are sent to sign in: a page.
    authorization_endpoint: String,
    /// Where codes are exchanged.
    token_endpoint: String,
    /// Who has signed in.
    userinfo_endpoint: String,
    /// Where the public keys are.
    jwks_uri: String,
    /// Whether a token is good.
    introspection_endpoint: String,
    /// Where tokens are given back.
    revocation_endpoint: String,
    /// Where browsers are sent to sign out: a page.
    end_session_endpoint: String,
    /// What an application may ask of a person.
    scopes_supported: [Scope; 4],
    /// Codes alone.
    response_types_supported: [&'static str; 1],
    /// In the query.
    response_modes_supported: [&'static str; 1],
    /// How tokens are got.
    grant_types_supported: [&'static str; 3],
    /// An account has one id for all.
    subject_types_supported: [&'static str; 1],
    /// Ed25519 alone.
    id_token_signing_alg_values_supported: [&'static str; 1],
    /// How an application names itself.
    token_endpoint_auth_methods_supported: [&'static str; 3],
    /// The same, for those that have a secret.
    introspection_endpoint_auth_methods_supported: [&'static str; 2],
    /// The same as for tokens.
    revocation_endpoint_auth_methods_supported: [&'static str; 3],
    /// Required of everyone.
    code_challenge_methods_supported: [&'static str; 1],
    /// How a person may be asked.
    prompt_values_supported: [&'static str; 3],
    /// What tokens say.
    claims_supported: [&'static str; 18],
    /// `OpenID` Connect Core 1.0 §6.2: unless it is said, it counts as supported.
    request_uri_parameter_supported: bool,
    /// Answers say whose they are (RFC 9207).
    authorization_response_iss_parameter_supported: bool,
}

impl OpenIdConfiguration {
    fn of(site: &Site) -> Self {
        let issuer = site.issuer();
        let endpoint = |name: &str| format!("{issuer}/api/core/v1/auth/oauth2/{name}");
        Self {
            issuer: issuer.to_owned(),
            authorization_endpoint: format!("{issuer}/authorize"),
            token_endpoint: endpoint("token"),
            userinfo_endpoint: endpoint("userinfo"),
            jwks_uri: format!("{issuer}/.well-known/jwks.json"),
            introspection_endpoint: endpoint("introspect"),
            revocation_endpoint: endpoint("revoke"),
            end_session_endpoint: format!("{issuer}/sign-out"),
            scopes_supported: Scope::ALL,
            response_types_supported: ["code"],
            response_modes_supported: ["query"],
            grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
            subject_types_supported: ["public"],
            id_token_signing_alg_values_supported: ["EdDSA"],
            token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
            introspection_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
            revocation_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
            code_challenge_methods_supported: ["S256"],
            prompt_values_supported: ["none", "login", "consent"],
            claims_supported: [
                "iss",
                "aud",
                "sub",
                "sid",
                "iat",
                "exp",
                "jti",
                "azp",
                "auth_time",
                "nonce",
                "at_hash",
                "client_id",
                "scope",
                "name",
                "locale",
                "updated_at",
                "email",
                "email_verified",
            ],
            request_uri_parameter_supported: false,
            authorization_response_iss_parameter_supported: true,
        }
    }
}

/// How applications sign people in
///
/// `OpenID` Connect discovery: `issuer` is what the `iss` claim must be. Permission: none.
#[utoipa::path(
    get,
    path = "/.well-known/openid-configuration",
    tag = "discovery",
    responses((status = 200, body = OpenIdConfiguration, description = "The provider"), ServerProblems),
)]
pub async fn openid_configuration(Extension(site): Extension<&'static Site>) -> impl IntoResponse {
    ([CACHE], Json(OpenIdConfiguration::of(site)))
}

/// The same, where OAuth looks for it
///
/// OAuth 2.0 Authorization Server Metadata (RFC 8414). Permission: none.
#[utoipa::path(
    get,
    path = "/.well-known/oauth-authorization-server",
    tag = "discovery",
    responses((status = 200, body = OpenIdConfiguration, description = "The provider"), ServerProblems),
)]
pub async fn oauth_authorization_server(Extension(site): Extension<&'static Site>) -> impl IntoResponse {
    ([CACHE], Json(OpenIdConfiguration::of(site)))
}
