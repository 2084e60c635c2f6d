//! The public keys as others fetch them.

use serde::Serialize;

use crate::PublicKey;

/// A JWK set (RFC 7517 §5), the body of `/.well-known/jwks.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Jwks {
    /// Every key that a valid token may be signed with: during a rotation two.
    pub keys: Vec<Jwk>,
}

/// One public key (RFC 8037 §2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Jwk {
    /// `OKP`: octet key pair.
    #[cfg_attr(feature = "openapi", schema(example = "OKP"))]
    pub kty: &'static str,
    /// `Ed25519`.
    #[cfg_attr(feature = "openapi", schema(example = "Ed25519"))]
    pub crv: &'static str,
    /// The key, in base64url without padding.
    #[cfg_attr(feature = "openapi", schema(example = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))]
    pub x: String,
    /// Its thumbprint (RFC 7638), which tokens name in their header.
    #[cfg_attr(feature = "openapi", schema(example = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"))]
    pub kid: String,
    /// `EdDSA`.
    #[cfg_attr(feature = "openapi", schema(example = "EdDSA"))]
    pub alg: &'static str,
    /// `sig`: for signatures.
    #[serde(rename = "use")]
    #[cfg_attr(feature = "openapi", schema(example = "sig"))]
    pub usage: &'static str,
}

impl From<&PublicKey> for Jwk {
    fn from(key: &PublicKey) -> Self {
        Self { kty: "OKP", crv: "Ed25519", x: key.to_string(), kid: key.id(), alg: "EdDSA", usage: "sig" }
    }
}
