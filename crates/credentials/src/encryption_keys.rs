//! Secrets at rest that have to be read again: sealed, not hashed.

use std::fmt;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use contract::UserId;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::KeyError;

/// Bytes of a nonce: long enough to be random.
const NONCE: usize = 24;

/// A key of XChaCha20-Poly1305. As text it is the base64url of its 32 bytes, without padding.
#[derive(Clone)]
pub struct EncryptionKey(Zeroizing<[u8; 32]>);

impl EncryptionKey {
    /// Makes a new key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        rng.fill_bytes(key.as_mut());
        Self(key)
    }

    /// The key as the variable `encryption_key` has it: for the one who keeps it, nobody else.
    pub fn expose(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64_URL_SAFE_NO_PAD.encode(self.0.as_ref()))
    }

    fn parse(text: &str) -> Result<Self, KeyError> {
        let mut key = Zeroizing::new([0; 32]);
        match BASE64_URL_SAFE_NO_PAD.decode_slice(text, key.as_mut()) {
            Ok(32) => Ok(Self(key)),
            _ => Err(KeyError::Encoding),
        }
    }

    /// What tells it from other keys, and tells nothing else: 48 bits of its SHA-256.
    fn id(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(self.0.as_ref())[..6])
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.0).into())
    }
}

impl fmt::Debug for EncryptionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EncryptionKey(*** of {})", self.id())
    }
}

/// A secret as the database has it: the key's id, a dot, and the base64url of nonce, ciphertext and tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SealedSecret(String);

impl SealedSecret {
    /// The text to store.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a secret can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SealError {
    /// None of the keys has sealed it: one was taken away too early.
    #[error("sealed with a key that is not configured")]
    UnknownKey,
    /// Not as it was sealed, or sealed for somebody else.
    #[error("the seal is broken")]
    Broken,
}

/// The keys that secrets are opened with; the first one seals.
#[derive(Debug, Clone)]
pub struct EncryptionKeys {
    first: EncryptionKey,
    retired: Vec<EncryptionKey>,
}

impl EncryptionKeys {
    /// Reads the variable `encryption_key`: keys, separated by commas.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut keys = text.split(',').map(|key| EncryptionKey::parse(key.trim()));
        let first = keys.next().unwrap_or(Err(KeyError::Encoding))?;
        Ok(Self { first, retired: keys.collect::<Result<_, _>>()? })
    }

    /// Seals a secret for its owner: in another account's row it can't be opened.
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "the cipher refuses messages of gigabytes alone"
    )]
    pub fn seal(&self, secret: &[u8], owner: UserId, rng: &mut impl CryptoRng) -> SealedSecret {
        let mut sealed = vec![0; NONCE];
        rng.fill_bytes(&mut sealed);
        let nonce = XNonce::try_from(sealed.as_slice()).expect("it has the length of a nonce");
        let payload = Payload { msg: secret, aad: owner.0.as_bytes() };
        sealed.extend(self.first.cipher().encrypt(&nonce, payload).expect("a short secret can be sealed"));
        SealedSecret(format!("{}.{}", self.first.id(), BASE64_URL_SAFE_NO_PAD.encode(sealed)))
    }

    /// Opens what was sealed for that owner.
    pub fn open(&self, sealed: &SealedSecret, owner: UserId) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (id, text) = sealed.0.split_once('.').ok_or(SealError::Broken)?;
        let mut keys = std::iter::once(&self.first).chain(&self.retired);
        let key = keys.find(|key| key.id() == id).ok_or(SealError::UnknownKey)?;
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| SealError::Broken)?;
        let (nonce, ciphertext) = bytes.split_at_checked(NONCE).ok_or(SealError::Broken)?;
        let nonce = XNonce::try_from(nonce).map_err(|_| SealError::Broken)?;
        let payload = Payload { msg: ciphertext, aad: owner.0.as_bytes() };
        key.cipher().decrypt(&nonce, payload).map(Zeroizing::new).map_err(|_| SealError::Broken)
    }

    /// Whether another key than the first has sealed it: seal anew where it has been opened.
    pub fn is_outdated(&self, sealed: &SealedSecret) -> bool {
        sealed.0.split_once('.').is_none_or(|(id, _)| id != self.first.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os_rng;

    const SECRET: &[u8] = b"12345678901234567890";

    fn key() -> EncryptionKey {
        EncryptionKey::generate(&mut os_rng())
    }

    fn keys(keys: &[&EncryptionKey]) -> EncryptionKeys {
        let texts: Vec<_> = keys.iter().map(|key| key.expose().to_string()).collect();
        EncryptionKeys::parse(&texts.join(", ")).unwrap()
    }

    fn user(number: u128) -> UserId {
        UserId(uuid::Uuid::from_u128(number))
    }

    /// draft-irtf-cfrg-xchacha-03 appendix A.3.1.
    #[test]
    fn the_cipher_is_that_of_the_draft() {
        let message = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the \
            future, sunscreen would be it.";
        let aad = [0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7];
        let key = std::array::from_fn(|index| 0x80 + u8::try_from(index).unwrap());
        let nonce: [u8; NONCE] = std::array::from_fn(|index| 0x40 + u8::try_from(index).unwrap());
        let cipher = EncryptionKey(Zeroizing::new(key)).cipher();
        let sealed = cipher.encrypt(&nonce.into(), Payload { msg: message, aad: &aad }).unwrap();
        assert_eq!(sealed[..8], [0xbd, 0x6d, 0x17, 0x9d, 0x3e, 0x83, 0xd4, 0x3b]);
        assert_eq!(
            sealed[message.len()..],
            [0xc0, 0x87, 0x59, 0x24, 0xc1, 0xc7, 0x98, 0x79, 0x47, 0xde, 0xaf, 0xd8, 0x78, 0x0a, 0xcf, 0x49]
        );
    }

    #[test]
    fn opens_for_its_owner_alone() {
        let keys = keys(&[&key()]);
        let sealed = keys.seal(SECRET, user(1), &mut os_rng());
        assert_eq!(*keys.open(&sealed, user(1)).unwrap(), SECRET);
        assert_eq!(keys.open(&sealed, user(2)), Err(SealError::Broken));
        assert_ne!(sealed, keys.seal(SECRET, user(1), &mut os_rng()));
    }

    #[test]
    fn a_changed_character_breaks_the_seal() {
        let keys = keys(&[&key()]);
        let text = keys.seal(SECRET, user(1), &mut os_rng()).0;
        for index in text.find('.').unwrap() + 1..text.len() - 1 {
            let mut changed = text.clone().into_bytes();
            changed[index] = if changed[index] == b'a' { b'b' } else { b'a' };
            let changed = SealedSecret(String::from_utf8(changed).unwrap());
            assert_eq!(keys.open(&changed, user(1)), Err(SealError::Broken));
        }
        for malformed in ["", "text", &text[..text.find('.').unwrap() + 10]] {
            assert_eq!(keys.open(&SealedSecret(malformed.to_owned()), user(1)), Err(SealError::Broken));
        }
    }

    #[test]
    fn the_first_key_seals_and_the_others_open() {
        let (old, new) = (key(), key());
        let sealed = keys(&[&old]).seal(SECRET, user(1), &mut os_rng());
        let both = keys(&[&new, &old]);
        assert_eq!(*both.open(&sealed, user(1)).unwrap(), SECRET);
        assert!(both.is_outdated(&sealed));
        let anew = both.seal(SECRET, user(1), &mut os_rng());
        assert!(!both.is_outdated(&anew));
        assert_eq!(*keys(&[&new]).open(&anew, user(1)).unwrap(), SECRET);
        assert_eq!(keys(&[&new]).open(&sealed, user(1)), Err(SealError::UnknownKey));
    }

    #[test]
    fn refuses_what_is_not_a_key() {
        let good = key().expose().to_string();
        for text in ["", "change-me", &good[1..], &format!("{good},"), &format!("{good},change-me")] {
            assert_eq!(EncryptionKeys::parse(text).unwrap_err(), KeyError::Encoding, "{text}");
        }
    }

    #[test]
    fn debug_hides_the_key() {
        let key = key();
        let shown = format!("{:?}", keys(&[&key]));
        assert!(shown.contains("***") && !shown.contains(key.expose().as_str()), "{shown}");
    }
}
