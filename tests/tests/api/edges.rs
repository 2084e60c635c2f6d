//! What holds for every answer.

use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::json;
use tests::{App, Response};
use uuid::Uuid;

/// An answer of each component, a refusal of each, and what belongs to none.
const EVERYWHERE: [&str; 9] = [
    "/.well-known/jwks.json",
    "/.well-known/nothing",
    "/api/core/v1/auth/login",
    "/api/core/v1/me",
    "/api/core/v1/health",
    "/api/core/v1/nothing",
    "/api/service/v1/health",
    "/api/service/v1/whoami",
    "/api/nothing",
];

/// Headers that every answer has, with their values.
pub const SECURITY_HEADERS: [(&str, &str); 3] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
];

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_address_is_a_problem() {
    let app = App::start().await;
    assert_json_snapshot!(app.client().get("/api/core/v1/nothing").await, @r#"
    {
      "status": 404,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "not_found",
        "request_id": "[uuid]",
        "status": 404,
        "title": "Not found",
        "type": "urn:matrice:problem:not_found"
      }
    }
    "#);
    for path in [
        "/.well-known/nothing",
        "/api",
        "/api/core/v2/me",
        "/api/core/v1/auth",
        "/api/core/v1/auth/nothing",
        "/api/core/v1/me/nothing",
        "/api/core/v1/users/nothing",
        "/api/service/v1/nothing",
    ] {
        let response = app.client().get(path).await;
        // Who is not signed in doesn't learn that an account's id is not one.
        let expected = if path.starts_with("/api/core/v1/users/") { "unauthenticated" } else { "not_found" };
        assert_eq!(response.code(), expected, "{path}: {}", response.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_method_says_which_are_right() {
    let app = App::start().await;
    assert_json_snapshot!(app.client().post("/api/core/v1/me").json(&json!({})).await, @r#"
    {
      "status": 405,
      "headers": {
        "allow": "GET,HEAD,PATCH",
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "method_not_allowed",
        "request_id": "[uuid]",
        "status": 405,
        "title": "The method is not allowed here",
        "type": "urn:matrice:problem:method_not_allowed"
      }
    }
    "#);
    for (method, path, allowed) in [
        (Method::GET, "/api/core/v1/auth/login", "POST"),
        (Method::DELETE, "/api/core/v1/users", "GET,HEAD,POST"),
        (Method::PUT, "/api/core/v1/users/01890000-0000-7000-8000-000000000000", "GET,HEAD,PATCH"),
        (Method::POST, "/.well-known/jwks.json", "GET,HEAD"),
        (Method::DELETE, "/api/service/v1/whoami", "GET,HEAD"),
        (Method::TRACE, "/api/core/v1/me", "GET,HEAD,PATCH"),
    ] {
        let response = app.client().call(method, path).await.expect_problem(405, "method_not_allowed");
        let mut methods: Vec<_> = response.header("allow").unwrap().split(',').map(str::trim).collect();
        methods.sort_unstable();
        assert_eq!(methods.join(","), allowed, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn head_is_get_without_the_body() {
    let app = App::start().await;
    let response = app.client().call(Method::HEAD, "/api/core/v1/health").await.expect_status(200);
    assert_eq!((response.header("content-type"), &response.body), (Some("application/json"), &json!(null)));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_a_request_id() {
    let app = App::start().await;
    for path in EVERYWHERE {
        let given = app.client().get(path).header("x-request-id", "from-the-edge_7").await;
        assert_eq!(request_id(&given), "from-the-edge_7", "{path}");
        for (name, value) in
            [("accept", "*/*"), ("x-request-id", "not an id"), ("x-request-id", &"a".repeat(200))]
        {
            let made = app.client().get(path).header(name, value).await;
            assert_eq!(Uuid::parse_str(request_id(&made)).unwrap().get_version_num(), 7, "{path}");
        }
    }
}

fn request_id(response: &Response) -> &str {
    let id = response.header("x-request-id").unwrap_or("(none)");
    if response.status >= 400 {
        assert_eq!(response.body["request_id"], id);
    }
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_the_security_headers() {
    let app = App::start().await;
    for path in EVERYWHERE {
        let response = app.client().get(path).await;
        for (name, value) in SECURITY_HEADERS {
            assert_eq!(response.header(name), Some(value), "{name} of {path}");
        }
        let policy = response.header("content-security-policy").unwrap_or("(none)");
        assert!(
            ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]
                .iter()
                .all(|part| policy.contains(part)),
            "{path}: {policy}"
        );
        if !path.starts_with("/.well-known/jwks") {
            assert_eq!(response.header("cache-control"), Some("no-store"), "{path}");
        }
        assert_eq!(response.header("server"), None, "{path}");
        assert_eq!(response.header("strict-transport-security"), None, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn strict_transport_security_is_for_https_alone() {
    let app = App::start().await;
    let behind_proxy = App::builder().variable("trusted_proxies", "127.0.0.1").start().await;
    for path in ["/", "/api/core/v1/health"] {
        let forged = app.client().get(path).header("x-forwarded-proto", "https").await;
        assert_eq!(forged.header("strict-transport-security"), None, "{path}");
        let proxied = behind_proxy.client().get(path).header("x-forwarded-proto", "https").await;
        let expected = Some("max-age=31536000; includeSubDomains");
        assert_eq!(proxied.header("strict-transport-security"), expected, "{path}");
        let plain = behind_proxy.client().get(path).header("x-forwarded-proto", "http").await;
        assert_eq!(plain.header("strict-transport-security"), None, "{path}");
    }
}
