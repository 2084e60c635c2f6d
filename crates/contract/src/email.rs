//! E-mail addresses.

use std::fmt;

use email_address::{EmailAddress, Options};
use serde::{Deserialize, Serialize};

use crate::{FieldCode, FieldRule};

/// An address of RFC 5321 form, trimmed and lower-cased, with a domain that has a dot.
///
/// The case of the local part is folded too: two accounts that differ by it alone are a phishing
/// aid, not a feature.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(example = "ada@example.org"))]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// The most characters an address may have (RFC 5321 §4.5.3.1.3, less the brackets).
    pub const MAX: u32 = 254;

    /// Parses what a person typed.
    pub fn parse(text: &str) -> Result<Self, FieldRule> {
        let text = text.trim().to_lowercase();
        FieldRule::length(&text, 1, Self::MAX)?;
        let options = Options::default().with_required_tld().without_display_text().without_domain_literal();
        EmailAddress::parse_with_options(&text, options)
            .map_err(|_| FieldRule::new(FieldCode::InvalidFormat))?;
        Ok(Self(text))
    }

    /// What is behind the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_and_space() {
        assert_eq!(Email::parse("  Ada@Example.ORG ").unwrap().as_str(), "ada@example.org");
    }

    #[test]
    fn the_domain_is_behind_the_last_at() {
        assert_eq!(Email::parse("\"a@b\"@example.org").unwrap().domain(), "example.org");
    }

    #[test]
    fn refuses_what_is_not_an_address() {
        let code = |text: &str| Email::parse(text).unwrap_err().code;
        assert_eq!(code("  "), FieldCode::Required);
        assert_eq!(code(&format!("{}@example.org", "a".repeat(250))), FieldCode::TooLong);
        for text in
            ["ada", "ada@", "@example.org", "ada@localhost", "a b@example.org", "Ada <ada@example.org>"]
        {
            assert_eq!(code(text), FieldCode::InvalidFormat, "{text}");
        }
    }
}
