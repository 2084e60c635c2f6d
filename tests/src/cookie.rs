//! Cookies as the server sets them. There is no jar: tests look at the attributes and send what they mean to.

use serde::{Serialize, Serializer};

use crate::response::redact_text;

/// One `Set-Cookie`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value; empty where it is being deleted.
    pub value: String,
    /// `Path=/`, `Secure` and so on, in the order sent.
    pub attributes: Vec<String>,
}

impl Cookie {
    /// Reads a `Set-Cookie` (RFC 6265 §4.1.1).
    pub(crate) fn parse(header: &str) -> Self {
        let mut parts = header.split(';').map(str::trim);
        let (name, value) =
            parts.next().and_then(|pair| pair.split_once('=')).expect("a cookie has a name and a value");
        Self {
            name: name.to_owned(),
            value: value.to_owned(),
            attributes: parts.map(str::to_owned).collect(),
        }
    }
}

impl Serialize for Cookie {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let attributes = self.attributes.join("; ");
        serializer.collect_str(&format_args!("{}={}; {attributes}", self.name, redact_text(&self.value)))
    }
}
