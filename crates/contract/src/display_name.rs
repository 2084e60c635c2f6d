//! The name a person is shown by.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{FieldRule, field::line};

/// One to 100 characters, trimmed, without control characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(example = "Ada Lovelace"))]
#[serde(transparent)]
pub struct DisplayName(String);

impl DisplayName {
    /// The most characters a name may have.
    pub const MAX: u32 = 100;

    /// Parses what a person typed.
    pub fn parse(text: &str) -> Result<Self, FieldRule> {
        line(text, Self::MAX).map(Self)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DisplayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
