//! Forms that other applications send browsers with.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use files::{Body, form};
use futures::executor::block_on;
use http::{HeaderMap, Method, Response, header};
use http_body_util::{BodyExt, Full};

const FORM: &str = "application/x-www-form-urlencoded";

fn send(path: &str, content_type: &str, body: &str) -> Response<Body> {
    let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, content_type.parse().unwrap())]);
    block_on(form::redirect(path, &headers, Full::new(bytes::Bytes::copy_from_slice(body.as_bytes()))))
}

fn assert_problem(response: Response<Body>, status: u16, code: &str) {
    assert_eq!(response.status(), status);
    assert_eq!(response.headers().get("location"), None);
    let body = block_on(response.into_body().collect()).unwrap().to_bytes();
    let problem: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(problem["code"], code);
}

#[test]
fn two_pages_take_one() {
    for path in ["/authorize", "/sign-out"] {
        assert!(form::is_taken(&Method::POST, path));
        assert!(!form::is_taken(&Method::GET, path));
        assert!(!form::is_taken(&Method::PUT, path));
    }
    for path in ["/", "/authorize/", "/sign-in", "/index.html"] {
        assert!(!form::is_taken(&Method::POST, path), "{path}");
    }
}

#[test]
fn a_form_becomes_the_query() {
    for (content_type, body, location) in [
        (FORM, "client_id=c&state=a%26b+c", "/authorize?client_id=c&state=a%26b+c"),
        ("Application/X-WWW-Form-URLencoded; charset=UTF-8", "a=1", "/authorize?a=1"),
        (FORM, "", "/authorize"),
    ] {
        let answer = send("/authorize", content_type, body);
        assert_eq!(answer.status(), 303);
        let header = |name: &str| answer.headers().get(name).unwrap().to_str().unwrap();
        assert_eq!((header("location"), header("content-length")), (location, "0"));
        assert_eq!((header("cache-control"), header("x-frame-options")), ("no-store", "DENY"));
    }
}

#[test]
fn what_is_no_form_leads_nowhere() {
    for content_type in ["text/plain", "multipart/form-data; boundary=x", "application/json"] {
        assert_problem(send("/sign-out", content_type, "a=1"), 400, "malformed_request");
    }
    for body in ["a=1\r\nSet-Cookie: b=2", "a=é", "a=b c", "a=1#fragment", "\0"] {
        assert_problem(send("/sign-out", FORM, body), 400, "malformed_request");
    }
    let most = format!("a={}", "x".repeat(8 * 1024 - 2));
    assert_eq!(send("/sign-out", FORM, &most).status(), 303);
    assert_problem(send("/sign-out", FORM, &format!("{most}x")), 413, "payload_too_large");
}
