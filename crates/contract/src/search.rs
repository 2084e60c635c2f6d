//! What a list is searched for.

use crate::{FieldRule, field::line};

/// One to 100 characters, trimmed, without control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search(String);

impl Search {
    /// The most characters.
    pub const MAX: u32 = 100;

    /// Parses the `q` of a query string.
    pub fn parse(text: &str) -> Result<Self, FieldRule> {
        line(text, Self::MAX).map(Self)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
