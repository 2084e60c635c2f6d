//! The public half of a signing key.

use std::{fmt, str::FromStr};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ed25519_dalek::VerifyingKey;
use sha2::{Digest, Sha256};
use thiserror::Error;

/// An Ed25519 public key. As text it is the base64url of its 32 bytes, without padding.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

/// Why a key is not one. The key itself is never in the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Not base64url without padding, or not 32 bytes.
    #[error("a key must be 32 bytes in base64url without padding")]
    Encoding,
    /// The bytes are no point of the curve, or one that anybody can sign for.
    #[error("the public key is not a usable Ed25519 key")]
    NotOnCurve,
    /// The list of public keys is empty.
    #[error("at least one public key is needed")]
    None,
    /// Tokens signed with the key would be refused everywhere.
    #[error("the signing key's public key is not among the public keys")]
    NotPublished,
}

impl PublicKey {
    /// The key's id: its JWK thumbprint (RFC 7638, for Ed25519 RFC 8037 §2).
    pub fn id(&self) -> String {
        // The members of the thumbprint are ordered by name and written without space.
        let jwk = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{self}"}}"#);
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(jwk))
    }

    pub(crate) const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<VerifyingKey> for PublicKey {
    fn from(key: VerifyingKey) -> Self {
        Self(key.to_bytes())
    }
}

impl FromStr for PublicKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| KeyError::Encoding)?;
        let bytes = <[u8; 32]>::try_from(bytes).map_err(|_| KeyError::Encoding)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| KeyError::NotOnCurve)?;
        if key.is_weak() { Err(KeyError::NotOnCurve) } else { Ok(Self(bytes)) }
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64_URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8037 appendix A.2 and A.3.
    #[test]
    fn the_id_is_the_thumbprint() {
        let key: PublicKey = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo".parse().unwrap();
        assert_eq!(key.id(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assert_eq!(key.to_string(), "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    }

    #[test]
    fn refuses_what_is_not_a_key() {
        let refused = |text: &str| text.parse::<PublicKey>().unwrap_err();
        for text in [
            "",
            "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUR",
            "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo",
            " 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        ] {
            assert_eq!(refused(text), KeyError::Encoding, "{text}");
        }
        // The neutral element, of order 1, and a y without an x.
        for bytes in [
            {
                let mut one = [0; 32];
                one[0] = 1;
                one
            },
            {
                let mut two = [0; 32];
                two[0] = 2;
                two
            },
        ] {
            assert_eq!(refused(&BASE64_URL_SAFE_NO_PAD.encode(bytes)), KeyError::NotOnCurve);
        }
    }
}
