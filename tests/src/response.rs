//! Answers, in a form that snapshots well.

use std::collections::BTreeMap;

use chrono::DateTime;
use credentials::{OpaqueToken, TokenKind};
use reqwest::header::{HeaderMap, SET_COOKIE};
use serde::{Serialize, Serializer, de::DeserializeOwned, ser::SerializeStruct as _};
use serde_json::Value;
use uuid::Uuid;

use crate::Cookie;

/// Headers that mean something to a client, and so belong in a snapshot.
const SHOWN: [&str; 6] = ["allow", "content-type", "etag", "location", "retry-after", "www-authenticate"];

/// An answer. In a snapshot it shows its status, the headers that a client acts on, the cookies and the body;
/// what differs from run to run is made out by its form: `[uuid]`, `[time]`, `[jwt]`, `[token]`, `[cursor]`.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// All headers.
    pub headers: HeaderMap,
    /// The cookies that it sets.
    pub cookies: Vec<Cookie>,
    /// The body: JSON, or text as a JSON string, or null where there is none.
    pub body: Value,
}

impl Response {
    /// Reads it to its end.
    pub(crate) async fn read(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.expect("the body arrives whole");
        let body = match serde_json::from_slice(&bytes) {
            Ok(json) => json,
            Err(_) if bytes.is_empty() => Value::Null,
            Err(_) => Value::String(String::from_utf8_lossy(&bytes).into_owned()),
        };
        let cookies = headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let cookies = cookies.map(Cookie::parse).collect();
        Self { status, headers, cookies, body }
    }

    /// The body, as what it should be.
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_value(self.body.clone())
            .unwrap_or_else(|error| panic!("not the expected body: {error}: {} {}", self.status, self.body))
    }

    /// The `code` of a problem, or why it is none.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or("(no problem)")
    }

    /// A header's value as text, where it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("our headers are text"))
    }

    /// The cookie of that name, which must be set.
    pub fn cookie(&self, name: &str) -> &Cookie {
        self.cookies
            .iter()
            .find(|cookie| cookie.name == name)
            .unwrap_or_else(|| panic!("no cookie {name} is set"))
    }

    /// Fails the test unless the status is this one; shows the body then.
    #[expect(clippy::return_self_not_must_use, reason = "often the check is all that is wanted")]
    #[track_caller]
    pub fn expect_status(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    /// Fails the test unless it is a problem of that status and code.
    #[expect(clippy::return_self_not_must_use, reason = "often the check is all that is wanted")]
    #[track_caller]
    pub fn expect_problem(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.code()), (status, code), "{}", self.body);
        self
    }
}

impl Serialize for Response {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shown = SHOWN.into_iter().filter_map(|name| Some((name, self.header(name)?)));
        let headers: BTreeMap<_, _> =
            shown.filter(|header| *header != ("content-type", "application/json")).collect();
        let mut answer = serializer.serialize_struct("Response", 4)?;
        answer.serialize_field("status", &self.status)?;
        if !headers.is_empty() {
            answer.serialize_field("headers", &headers)?;
        }
        if !self.cookies.is_empty() {
            answer.serialize_field("cookies", &self.cookies)?;
        }
        if !self.body.is_null() {
            answer.serialize_field("body", &redact(&self.body))?;
        }
        answer.end()
    }
}

/// Makes out what differs from run to run, and sorts the members of objects.
fn redact(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(redact_text(text)),
        Value::Array(items) => items.iter().map(redact).collect(),
        Value::Object(members) => {
            let sorted: BTreeMap<_, _> = members.iter().collect();
            let redacted = sorted.into_iter().map(|(name, value)| match name.as_str() {
                "next_cursor" => (name.clone(), Value::from("[cursor]")),
                _ => (name.clone(), redact(value)),
            });
            redacted.collect()
        }
        other => other.clone(),
    }
}

/// By its form: only a well-formed id, time or token is made out, anything else shows.
pub(crate) fn redact_text(text: &str) -> String {
    let is_token = |kind: TokenKind| OpaqueToken::parse(kind, text).is_ok();
    let kind = if Uuid::parse_str(text).is_ok_and(|id| id.get_version_num() == 7) {
        "[uuid]"
    } else if DateTime::parse_from_rfc3339(text).is_ok() {
        "[time]"
    } else if text.starts_with("eyJ") && text.split('.').count() == 3 {
        "[jwt]"
    } else if TokenKind::ALL.into_iter().any(is_token) {
        "[token]"
    } else {
        text
    };
    kind.to_owned()
}
