//! The headers that go with a file.

use http::{HeaderMap, HeaderName, HeaderValue, header};
use platform::security_headers;

use crate::path::FilePath;

/// The folder of the files whose names change with their content.
pub(crate) const HASHED: &str = "assets";

/// What a page may do: run and show what comes from here, and nothing else. `wasm-unsafe-eval` is for
/// compiling WebAssembly, and for that alone.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What a page needs beside the headers that every answer of Matrice has.
const OF_PAGES: [(HeaderName, &str); 3] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Of an answer that has a file: named by its content, it never changes; anything else may, any time.
pub(crate) fn headers(path: &FilePath) -> HeaderMap {
    let cache = if path.is_in(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut headers = HeaderMap::from_iter([
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ]);
    add_security(&mut headers);
    headers
}

/// Of an answer that has none: it is not kept.
pub(crate) fn refusal_headers() -> HeaderMap {
    let mut headers = HeaderMap::new();
    add_security(&mut headers);
    headers
}

fn add_security(headers: &mut HeaderMap) {
    headers.extend(OF_PAGES.map(|(name, value)| (name, HeaderValue::from_static(value))));
    security_headers::add(headers, false);
}
