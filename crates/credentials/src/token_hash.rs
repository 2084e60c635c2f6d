//! How an opaque token is stored.

use std::fmt;

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// SHA-256 of an opaque token's text, prefix and checksum included, or of a recovery code.
///
/// A fast hash is right here: they are too random to be guessed from their hash. Comparing takes the same
/// time whatever differs.
#[derive(Clone, Copy)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// A hash as the database has it.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes to store or to look up.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The same in hexadecimal, for where a statement takes text.
    pub fn to_hex(&self) -> String {
        use fmt::Write as _;

        self.0.iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    pub(crate) fn of(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }
}

impl PartialEq for TokenHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for TokenHash {}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(***)")
    }
}
