//! The private key that `login` signs tokens with.

use std::fmt;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::{KeyError, PublicKey, TokenClaims, VerifyingKeys, ed25519_provider};

/// An Ed25519 private key. As text it is the base64url of its 32-byte seed, without padding.
#[derive(Clone)]
pub struct SigningKey {
    seed: EncodingKey,
    public: PublicKey,
    header: Header,
}

impl SigningKey {
    /// Makes a new key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(seed.as_mut());
        Self::from_seed(&seed)
    }

    /// Reads the variable `jwt_signing_key`.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut seed = Zeroizing::new([0; 32]);
        match BASE64_URL_SAFE_NO_PAD.decode_slice(text, seed.as_mut()) {
            Ok(32) => Ok(Self::from_seed(&seed)),
            _ => Err(KeyError::Encoding),
        }
    }

    /// The key as the variable `jwt_signing_key` has it: for the one who keeps it, nobody else.
    pub fn expose(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64_URL_SAFE_NO_PAD.encode(self.seed.as_bytes()))
    }

    /// The key's public half.
    pub const fn public(&self) -> PublicKey {
        self.public
    }

    /// Refuses a key whose tokens `keys` would not accept.
    pub fn ensure_published(&self, keys: &VerifyingKeys) -> Result<(), KeyError> {
        if keys.contains(&self.public) { Ok(()) } else { Err(KeyError::NotPublished) }
    }

    /// Signs `claims`: a JWT in the compact form (RFC 7519 §3, RFC 8037 §3.1).
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "claims are plain JSON, and the key was checked when made"
    )]
    pub fn sign<C: TokenClaims>(&self, claims: &C) -> String {
        let header = Header { typ: Some(C::MEDIA_TYPE.to_owned()), ..self.header.clone() };
        encode(&header, claims, &self.seed).expect("claims can be signed")
    }

    fn from_seed(seed: &[u8; 32]) -> Self {
        ed25519_provider::install();
        let public = PublicKey::from(ed25519_dalek::SigningKey::from_bytes(seed).verifying_key());
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(public.id());
        Self { seed: EncodingKey::from_ed_der(seed), public, header }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey(*** of {})", self.public)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os_rng;

    /// RFC 8037 appendix A.1.
    const SEED: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
    const PUBLIC: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    #[test]
    fn the_public_key_follows_from_the_private_one() {
        let key = SigningKey::parse(SEED).unwrap();
        assert_eq!(key.public().to_string(), PUBLIC);
        assert_eq!(*key.expose(), SEED);
    }

    /// RFC 8037 appendix A.4: the signature of `{"alg":"EdDSA"}` and `Example of Ed25519 signing`.
    #[test]
    fn signs_as_the_standard_does() {
        let key = SigningKey::parse(SEED).unwrap();
        let input = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
        assert_eq!(
            jsonwebtoken::crypto::sign(input, &key.seed, Algorithm::EdDSA).unwrap(),
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        );
    }

    #[test]
    fn a_generated_key_is_read_back() {
        let key = SigningKey::generate(&mut os_rng());
        assert_eq!(SigningKey::parse(&key.expose()).unwrap().public(), key.public());
        assert_ne!(SigningKey::generate(&mut os_rng()).public(), key.public());
    }

    #[test]
    fn refuses_what_is_not_a_key() {
        for text in [
            "",
            "change-me",
            &SEED[1..],
            &format!("{SEED}="),
            &format!("{SEED}{SEED}"),
            &SEED.replace('_', "/"),
        ] {
            assert_eq!(SigningKey::parse(text).unwrap_err(), KeyError::Encoding, "{text}");
        }
    }

    #[test]
    fn must_be_published() {
        let key = SigningKey::generate(&mut os_rng());
        let other = SigningKey::generate(&mut os_rng());
        let keys = VerifyingKeys::parse(&format!("{PUBLIC},{}", key.public())).unwrap();
        assert_eq!(key.ensure_published(&keys), Ok(()));
        assert_eq!(other.ensure_published(&keys), Err(KeyError::NotPublished));
    }

    #[test]
    fn debug_hides_the_private_key() {
        let shown = format!("{:?}", SigningKey::parse(SEED).unwrap());
        assert_eq!(shown, format!("SigningKey(*** of {PUBLIC})"));
    }
}
