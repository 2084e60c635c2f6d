//! What any other service needs to verify access tokens offline.

use axum::{Extension, Json, response::IntoResponse};
use http::header;
use platform::{Result, config, config::Site, openapi::ServerProblems};
use serde::Serialize;
use utoipa::ToSchema;

/// Public keys change rarely, and a verifier that meets an unknown `kid` asks again.
const CACHE: (header::HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=300");

/// The public keys of the access tokens
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

/// `OpenID` Connect Discovery 1.0 §3, as far as it is true today.
#[derive(Serialize, ToSchema)]
pub struct OpenIdConfiguration {
    /// The `iss` claim of the tokens.
    issuer: String,
    /// Where the public keys are.
    jwks_uri: String,
    /// Ed25519 alone.
    id_token_signing_alg_values_supported: [&'static str; 1],
    /// What a token says.
    claims_supported: [&'static str; 8],
}

/// Where the issuer's keys are
///
/// `OpenID` Connect discovery: `issuer` is what the `iss` claim must be. Permission: none.
#[utoipa::path(
    get,
    path = "/.well-known/openid-configuration",
    tag = "discovery",
    responses((status = 200, body = OpenIdConfiguration, description = "The issuer"), ServerProblems),
)]
pub async fn openid_configuration(Extension(site): Extension<&'static Site>) -> impl IntoResponse {
    let issuer = site.issuer().to_owned();
    let document = OpenIdConfiguration {
        jwks_uri: format!("{issuer}/.well-known/jwks.json"),
        issuer,
        id_token_signing_alg_values_supported: ["EdDSA"],
        claims_supported: ["iss", "aud", "sub", "sid", "roles", "iat", "exp", "jti"],
    };
    ([CACHE], Json(document))
}
