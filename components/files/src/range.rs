//! Parts of files (RFC 9110 §14).

use headers::{ETag, HeaderMapExt, IfRange};
use http::{HeaderMap, HeaderValue, header};

/// What of a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// All of it.
    Whole,
    /// The bytes from `first` to `last`, both included.
    Bytes {
        /// Counted from 0.
        first: u64,
        /// Never before `first`, nor beyond the end.
        last: u64,
    },
    /// Bytes that it doesn't have.
    Unsatisfiable,
}

/// Whether the request is for a part of something, of whatever.
pub(crate) fn is_asked(headers: &HeaderMap) -> bool {
    headers.contains_key(header::RANGE)
}

/// The part of a file of `length` bytes and that `etag` which `Range` and `If-Range` ask for.
///
/// What is not understood, several parts at once, and a part of another version are answered with the
/// whole, as the standard allows or demands.
pub(crate) fn wanted(headers: &HeaderMap, etag: &ETag, length: u64) -> Part {
    let same_version = !headers.contains_key(header::IF_RANGE)
        || headers.typed_get::<IfRange>().is_some_and(|condition| !condition.is_modified(Some(etag), None));
    let range = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let parsed = range.map(http_range_header::parse_range_header);
    match parsed {
        Some(Ok(ranges)) if same_version && ranges.len() == 1 => match ranges.validate(length).as_deref() {
            Ok([range]) => Part::Bytes { first: *range.start(), last: *range.end() },
            // The last bytes of an empty file are all of it.
            Ok(_) => Part::Whole,
            Err(_) => Part::Unsatisfiable,
        },
        _ => Part::Whole,
    }
}

/// `Content-Range` of a part.
pub(crate) fn content_range(first: u64, last: u64, length: u64) -> HeaderValue {
    value(&format!("bytes {first}-{last}/{length}"))
}

/// `Content-Range` of a refusal.
pub(crate) fn content_range_unsatisfied(length: u64) -> HeaderValue {
    value(&format!("bytes */{length}"))
}

#[expect(clippy::expect_used, reason = "letters, digits and punctuation of ASCII")]
fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("a range is a valid header value")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(range: &'static str, if_range: Option<&'static str>, length: u64) -> Part {
        let mut headers = HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(range))]);
        if let Some(if_range) = if_range {
            headers.insert(header::IF_RANGE, HeaderValue::from_static(if_range));
        }
        wanted(&headers, &"\"v1\"".parse().unwrap(), length)
    }

    #[test]
    fn a_range_is_cut_to_the_file() {
        for (range, expected) in [
            ("bytes=0-0", Part::Bytes { first: 0, last: 0 }),
            ("bytes=2-5", Part::Bytes { first: 2, last: 5 }),
            ("bytes=2-", Part::Bytes { first: 2, last: 9 }),
            ("bytes=-3", Part::Bytes { first: 7, last: 9 }),
            ("bytes=-30", Part::Bytes { first: 0, last: 9 }),
            ("bytes=5-99999999999999999999", Part::Bytes { first: 5, last: 9 }),
            ("BYTES=0-1", Part::Bytes { first: 0, last: 1 }),
            ("bytes=10-", Part::Unsatisfiable),
            ("bytes=10-20", Part::Unsatisfiable),
            ("bytes=-0", Part::Unsatisfiable),
            ("bytes=5-2", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("lines=1-2", Part::Whole),
            ("bytes", Part::Whole),
        ] {
            assert_eq!(of(range, None, 10), expected, "{range}");
        }
        assert_eq!(of("bytes=0-0", None, 0), Part::Unsatisfiable);
        assert_eq!(of("bytes=-1", None, 0), Part::Whole);
    }

    #[test]
    fn a_part_of_another_version_is_not_sent() {
        let part = Part::Bytes { first: 0, last: 1 };
        assert_eq!(of("bytes=0-1", Some("\"v1\""), 10), part);
        for if_range in ["\"v2\"", "W/\"v1\"", "Sat, 29 Oct 1994 19:43:31 GMT", "nonsense"] {
            assert_eq!(of("bytes=0-1", Some(if_range), 10), Part::Whole, "{if_range}");
        }
    }
}
