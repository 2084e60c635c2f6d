//! The id under which a request is found in every log.

use http::{HeaderMap, HeaderName};
use uuid::Uuid;

/// The header that carries it, in and out.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id that the edge gave, where it is one (up to 64 of letters, digits, `-` and `_`), else a new one.
pub fn of(headers: &HeaderMap) -> String {
    headers
        .get(HEADER)
        .and_then(|value| value.to_str().ok())
        .filter(|id| (1..=64).contains(&id.len()))
        .filter(|id| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')))
        .map_or_else(|| Uuid::now_v7().to_string(), str::to_owned)
}
