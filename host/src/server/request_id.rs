//! One id per request, in every log line and answer about it.

use http::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

/// The header that carries the id from the client, to the component and back.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The same rule as the components': both sides of the boundary log one id.
const MAX_LENGTH: usize = 64;

/// The client's own id where it is a plain token, else a new UUID of version 7.
pub(super) fn request_id(headers: &HeaderMap) -> HeaderValue {
    match headers.get(&REQUEST_ID) {
        Some(id) if is_valid(id.as_bytes()) => id.clone(),
        _ => {
            let mut buffer = Uuid::encode_buffer();
            let id = Uuid::now_v7().hyphenated().encode_lower(&mut buffer);
            // Hexadecimal digits and hyphens are always a valid header value.
            HeaderValue::from_str(id).unwrap_or(HeaderValue::from_static("invalid"))
        }
    }
}

fn is_valid(id: &[u8]) -> bool {
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
    (1..=MAX_LENGTH).contains(&id.len()) && id.iter().all(allowed)
}

/// The trace id of a `traceparent` header, W3C Trace Context §3.2.2.3.
pub(super) fn trace_id(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("traceparent")?.to_str().ok()?;
    let trace_id = value.split('-').nth(1)?;
    let hex = trace_id.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    (trace_id.len() == 32 && hex && trace_id.bytes().any(|byte| byte != b'0')).then(|| trace_id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(HeaderName::from_static(name), value.parse().unwrap())])
    }

    #[test]
    fn a_clean_id_is_kept_and_any_other_replaced() {
        assert_eq!(request_id(&headers("x-request-id", "abc-123")), "abc-123");
        let made = request_id(&headers("x-request-id", "a b\"}"));
        assert_eq!(Uuid::parse_str(made.to_str().unwrap()).unwrap().get_version_num(), 7);
    }

    #[test]
    fn trace_id_of_traceparent() {
        let value = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert_eq!(trace_id(&headers("traceparent", value)).unwrap(), "4bf92f3577b34da6a3ce929d0e0e4736");
        assert_eq!(trace_id(&headers("traceparent", "00-xyz-00-01")), None);
        assert_eq!(trace_id(&headers("traceparent", "00-00000000000000000000000000000000-1-01")), None);
    }
}
