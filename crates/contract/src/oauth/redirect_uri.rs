//! Where an application takes answers.

use std::fmt;

use fluent_uri::Uri;
use serde::{Deserialize, Serialize};

use crate::{FieldCode, FieldRule};

/// An address that answers are sent to: `https`, `http` on the own machine, or a private-use scheme with a dot in it
/// (RFC 8252 §7.1), such as `org.example.app:/callback`. Without a fragment (RFC 6749 §3.1.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = "https://app.example.org/callback")
)]
#[serde(transparent)]
pub struct RedirectUri(String);

impl RedirectUri {
    /// The most characters of one.
    pub const MAX: u32 = 500;
    /// The most in a list.
    pub const MOST: usize = 20;

    /// Parses an address.
    pub fn parse(text: &str) -> Result<Self, FieldRule> {
        FieldRule::length(text, 1, Self::MAX)?;
        let uri = Uri::parse(text).map_err(|_| FieldRule::new(FieldCode::InvalidFormat))?;
        let host = uri.authority().map(|authority| authority.host()).unwrap_or_default();
        let anonymous = uri.authority().is_none_or(|authority| authority.userinfo().is_none());
        let allowed = match uri.scheme().as_str().to_ascii_lowercase().as_str() {
            "https" => !host.is_empty(),
            "http" => is_loopback(host),
            scheme => scheme.contains('.'),
        };
        if allowed && anonymous && uri.fragment().is_none() {
            Ok(Self(text.to_owned()))
        } else {
            Err(FieldRule::new(FieldCode::InvalidFormat))
        }
    }

    /// Parses a list; the first that is refused refuses the list.
    pub fn parse_all(texts: &[String]) -> Result<Vec<Self>, FieldRule> {
        if texts.len() > Self::MOST {
            return Err(FieldRule { code: FieldCode::TooLong, limit: u32::try_from(Self::MOST).ok() });
        }
        texts.iter().map(|text| Self::parse(text)).collect()
    }

    /// Whether an answer that is asked for at `other` may go there: it is this address to the letter, or, on the own
    /// machine, this one at another port, because a native application takes the one that is free (RFC 8252 §7.3).
    pub fn admits(&self, other: &Self) -> bool {
        self == other || self.without_port().is_some_and(|own| other.without_port() == Some(own))
    }

    /// An address of the own machine, without its port.
    fn without_port(&self) -> Option<String> {
        let uri = Uri::parse(self.0.as_str()).ok().filter(|uri| uri.scheme().as_str() == "http")?;
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        Some(format!("{}{}{query}", uri.authority()?.host(), uri.path()))
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_loopback(host: &str) -> bool {
    matches!(host, "127.0.0.1" | "[::1]" | "localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> RedirectUri {
        RedirectUri::parse(text).unwrap()
    }

    #[test]
    fn takes_https_the_own_machine_and_private_schemes() {
        for text in [
            "https://app.example.org",
            "https://app.example.org:8443/callback?tenant=7",
            "http://127.0.0.1/callback",
            "http://[::1]:4711/callback",
            "http://localhost:3000",
            "org.example.app:/callback",
        ] {
            assert_eq!(uri(text).as_str(), text);
        }
    }

    #[test]
    fn refuses_everything_else() {
        for text in [
            "http://app.example.org/callback",
            "http://127.0.0.1.example.org/",
            "http://localhost@example.org/",
            "https://somebody@app.example.org/",
            "https://app.example.org/#fragment",
            "https://app.example.org/ space",
            "https:///callback",
            "/callback",
            "javascript:alert(1)",
            "data:text/html,x",
            "myapp:/callback",
        ] {
            assert_eq!(RedirectUri::parse(text).unwrap_err().code, FieldCode::InvalidFormat, "{text}");
        }
        assert_eq!(RedirectUri::parse("").unwrap_err().code, FieldCode::Required);
        let long = format!("https://app.example.org/{}", "a".repeat(500));
        assert_eq!(RedirectUri::parse(&long).unwrap_err().limit, Some(500));
        let many = vec!["https://app.example.org/".to_owned(); 21];
        assert_eq!(RedirectUri::parse_all(&many).unwrap_err().limit, Some(20));
    }

    #[test]
    fn an_address_is_compared_to_the_letter() {
        let registered = uri("https://app.example.org/callback");
        assert!(registered.admits(&uri("https://app.example.org/callback")));
        for other in [
            "https://app.example.org/callback/",
            "https://app.example.org/callback?x=1",
            "https://APP.example.org/callback",
            "https://app.example.org:443/callback",
        ] {
            assert!(!registered.admits(&uri(other)), "{other}");
        }
    }

    #[test]
    fn the_port_is_free_on_the_own_machine_alone() {
        let registered = uri("http://127.0.0.1/callback");
        assert!(registered.admits(&uri("http://127.0.0.1:51004/callback")));
        assert!(!registered.admits(&uri("http://127.0.0.1:51004/other")));
        assert!(!registered.admits(&uri("http://localhost:51004/callback")));
        assert!(!uri("https://127.0.0.1/callback").admits(&uri("https://127.0.0.1:1/callback")));
    }
}
