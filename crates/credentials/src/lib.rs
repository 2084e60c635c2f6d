//! What proves who somebody is: passwords, opaque tokens, access tokens and their keys.
//!
//! Lives here: formats and cryptography, all of it pure. `login` and `platform` build on it; it
//! depends on `contract` alone. Time is a parameter; randomness comes from a [`CryptoRng`] that the
//! caller passes, in practice [`os_rng`].
//!
//! - [`PasswordHash`]: Argon2id, stored with its parameters.
//! - [`OpaqueToken`]: refresh and set-up tokens and API keys, checksummed, stored as a [`TokenHash`]. To add a
//!   kind, give [`TokenKind`] a variant with a prefix of its own.
//! - [`TotpSecret`] and [`RecoveryCode`]: second factors; the secret is stored sealed with the
//!   [`EncryptionKeys`].
//! - [`Claims`], [`SigningKey`], [`VerifyingKeys`]: access tokens, JWTs signed with Ed25519, that
//!   anybody verifies offline with the [`Jwks`]; [`GrantClaims`], [`ClientClaims`] and [`IdTokenClaims`]: those of
//!   other applications.
//!
//! [`CryptoRng`]: rand_core::CryptoRng
#![warn(missing_docs)]

mod access_token;
mod claims;
mod ed25519_provider;
mod encryption_keys;
mod id_token;
mod jwks;
mod opaque_token;
mod password_hash;
mod pkce;
mod public_key;
mod random;
mod recovery_code;
mod signing_key;
mod token_hash;
mod totp;
mod verifying_keys;

pub use access_token::{InvalidToken, LEEWAY, TokenError};
pub use claims::{
    ACCESS_TOKEN_LIFETIME, ApiClaims, ApplicationClaims, Claims, ClientClaims, GrantClaims, TokenClaims,
};
pub use encryption_keys::{EncryptionKey, EncryptionKeys, SealError, SealedSecret};
pub use id_token::IdTokenClaims;
pub use jwks::{Jwk, Jwks};
pub use opaque_token::{MalformedToken, OpaqueToken, TokenKind};
pub use password_hash::{MalformedPasswordHash, PasswordHash, Verdict};
pub use pkce::{code_challenge, is_code_challenge};
pub use public_key::{KeyError, PublicKey};
pub use random::os_rng;
pub use recovery_code::RecoveryCode;
pub use signing_key::SigningKey;
pub use token_hash::TokenHash;
pub use totp::{TotpError, TotpSecret, qr_code};
pub use verifying_keys::VerifyingKeys;
