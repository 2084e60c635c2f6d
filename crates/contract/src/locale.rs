//! Languages.

use serde::{Deserialize, Serialize};

use crate::{FieldCode, FieldRule};

/// A language that the UI and the mails speak.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

impl Locale {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The language's BCP 47 tag.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The first language of an `Accept-Language` that is spoken here; English where none is.
    pub fn preferred(accept_language: &str) -> Self {
        let tag = |range: &str| Self::parse(range.split(';').next().unwrap_or_default().trim()).ok();
        accept_language.split(',').find_map(tag).unwrap_or_default()
    }

    /// Parses a BCP 47 tag, whatever its region: `fr-CA` is French.
    pub fn parse(tag: &str) -> Result<Self, FieldRule> {
        let language = tag.split('-').next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|locale| locale.as_str().eq_ignore_ascii_case(language))
            .ok_or(FieldRule::new(FieldCode::UnknownValue))
    }
}
