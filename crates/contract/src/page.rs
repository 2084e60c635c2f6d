//! Cursor pagination.

use serde::{Deserialize, Serialize};

use crate::{FieldCode, FieldRule};

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// At most as many as the `limit` asked for.
    pub items: Vec<T>,
    /// Opaque: pass it back as `cursor` for the page that follows; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// How many items a page has: 1 to 100, 25 unless told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(u8);

impl Limit {
    /// The most items of a page.
    pub const MAX: u8 = 100;

    /// Parses the `limit` of a query string.
    pub fn parse(text: &str) -> Result<Self, FieldRule> {
        match text.parse() {
            Ok(limit @ 1..=Self::MAX) => Ok(Self(limit)),
            _ => Err(FieldRule { code: FieldCode::InvalidFormat, limit: Some(u32::from(Self::MAX)) }),
        }
    }

    /// The number of items.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(25)
    }
}
