//! Passwords on their way in.

use std::fmt;

use crate::FieldRule;

/// A password that a person chose, of 12 to 256 characters; taken as it is, spaces included.
///
/// It has no `Serialize` and its `Debug` hides it: a password leaves memory as a hash only.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// The fewest characters. Length is what resists guessing (NIST SP 800-63B-4 §3.1.1.2).
    pub const MIN: u32 = 12;
    /// The most characters: far above what people choose, and it bounds the work of hashing.
    pub const MAX: u32 = 256;

    /// Parses a newly chosen password.
    pub fn parse(text: &str) -> Result<Self, FieldRule> {
        FieldRule::length(text, Self::MIN, Self::MAX)?;
        Ok(Self(text.to_owned()))
    }

    /// Parses a password to be compared: the rules of the day it was chosen may have been others,
    /// so only the upper bound holds.
    pub fn parse_existing(text: &str) -> Result<Self, FieldRule> {
        FieldRule::length(text, 1, Self::MAX)?;
        Ok(Self(text.to_owned()))
    }

    /// The password itself, for the hash function alone.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(***)")
    }
}
