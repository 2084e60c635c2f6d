//! Pages of other origins: `cors_allowed_origins`.

use contract::Transport;
use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::{Map, Value};
use tests::{App, Call, Response, sign_in_request};

use crate::{
    applications::{INTROSPECT, REVOKE, TOKEN, USERINFO, post_form},
    edges::SECURITY_HEADERS,
};

const FRIEND: &str = "https://friend.example";
const STRANGER: &str = "https://not.friend.example";
const LOGIN: &str = "/api/core/v1/auth/login";
const ME: &str = "/api/core/v1/me";

/// A route of each component with an API, one of nobody's among them.
const ROUTES: [&str; 6] = [
    "/.well-known/nothing",
    LOGIN,
    ME,
    "/api/core/v1/nothing",
    "/api/core/v1/users/01890000-0000-7000-8000-000000000000",
    "/api/service/v1/whoami",
];

/// What every page may ask.
const OPEN: [&str; 6] = [
    "/.well-known/jwks.json",
    "/.well-known/oauth-authorization-server",
    "/.well-known/openid-configuration",
    REVOKE,
    TOKEN,
    USERINFO,
];

async fn open_to_friends() -> App {
    App::builder()
        .variable("cors_allowed_origins", "http://localhost:5173, https://friend.example")
        .start()
        .await
}

/// What a browser asks before it sends a request of its page.
fn preflight(app: &App, path: &str, origin: &str) -> Call {
    let options = app.client().call(Method::OPTIONS, path).header("origin", origin);
    options
        .header("access-control-request-method", "PATCH")
        .header("access-control-request-headers", "authorization,if-match")
}

/// The headers that decide, as one document.
fn cors(response: &Response) -> Value {
    let headers = response
        .headers
        .iter()
        .filter(|(name, _)| name.as_str().starts_with("access-control-") || name.as_str() == "vary");
    headers
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().into()))
        .collect::<Map<_, _>>()
        .into()
}

#[tokio::test(flavor = "multi_thread")]
async fn preflights_are_answered_for_every_route() {
    let app = open_to_friends().await;
    for path in ROUTES {
        let answer = preflight(&app, path, FRIEND).await.expect_status(200);
        assert_eq!(cors(&answer), cors(&preflight(&app, LOGIN, FRIEND).await), "{path}");
        for (name, value) in SECURITY_HEADERS {
            assert_eq!(answer.header(name), Some(value), "{name} of {path}");
        }
    }
    assert_json_snapshot!(cors(&preflight(&app, ME, FRIEND).await), @r#"
    {
      "access-control-allow-credentials": "true",
      "access-control-allow-headers": "authorization,if-match",
      "access-control-allow-methods": "PATCH",
      "access-control-allow-origin": "https://friend.example",
      "access-control-max-age": "3600",
      "vary": "origin, access-control-request-method, access-control-request-headers"
    }
    "#);
}

/// An application that runs in browsers gets its tokens from whatever origin it is on.
#[tokio::test(flavor = "multi_thread")]
async fn what_reads_no_cookie_is_open_to_every_page() {
    for app in [App::start().await, open_to_friends().await] {
        app.setup().await;
        for path in OPEN {
            for origin in [STRANGER, FRIEND, "null"] {
                let answer = preflight(&app, path, origin).await.expect_status(200);
                assert_eq!(
                    cors(&answer),
                    serde_json::json!({
                        "access-control-allow-headers": "authorization,content-type",
                        "access-control-allow-methods": "GET,POST",
                        "access-control-allow-origin": "*",
                        "access-control-max-age": "3600",
                        "vary": "origin, access-control-request-method, access-control-request-headers",
                    }),
                    "{path}"
                );
            }
        }
        let request = sign_in_request("ada@example.org", Transport::Cookie);
        let cookies = app.client().post(LOGIN).json(&request).await.cookies;
        let page = |call: Call| {
            call.cookies(&cookies).header("origin", STRANGER).header("sec-fetch-site", "cross-site")
        };
        for (answer, status) in [
            (page(app.client().get("/.well-known/openid-configuration")).await, 200),
            (page(app.client().get(USERINFO)).await, 401),
            (page(app.client().post(USERINFO)).await, 401),
            (page(post_form(&app, TOKEN, &[])).await, 401),
        ] {
            let answer = answer.expect_status(status);
            assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
            assert_eq!(answer.header("access-control-allow-credentials"), None);
        }
        // Servers alone ask this, and it stays with them.
        page(post_form(&app, INTROSPECT, &[])).await.expect_problem(403, "cross_site_request");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_and_refusals_can_be_read() {
    let app = open_to_friends().await;
    app.setup().await;
    for (path, status) in [("/api/core/v1/health", 200), (ME, 401), ("/api/core/v1/nothing", 404)] {
        let answer = app.client().get(path).header("origin", FRIEND).await.expect_status(status);
        assert_eq!(
            cors(&answer),
            serde_json::json!({
                "access-control-allow-credentials": "true",
                "access-control-allow-origin": FRIEND,
                "access-control-expose-headers": "etag,retry-after,x-request-id",
                "vary": "origin, access-control-request-method, access-control-request-headers",
            }),
            "{path}"
        );
        assert!(answer.header("x-request-id").is_some());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_friends_page_signs_in_and_works_with_a_bearer_token() {
    let app = open_to_friends().await;
    app.setup().await;
    let request = sign_in_request("ada@example.org", Transport::Bearer);
    let page = |call: Call| call.header("origin", FRIEND).header("sec-fetch-site", "cross-site");
    let signed_in = page(app.client().post(LOGIN).json(&request)).await.expect_status(200);
    let ada = app.client().signed_in(signed_in.json());
    let changed = page(ada.patch(ME).json(&serde_json::json!({ "locale": "fr" }))).await.expect_status(200);
    assert_eq!(changed.header("access-control-allow-origin"), Some(FRIEND));
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_get_nothing() {
    let app = open_to_friends().await;
    app.setup().await;
    let request = sign_in_request("ada@example.org", Transport::Cookie);
    let cookies = app.client().post(LOGIN).json(&request).await.cookies;
    for origin in [STRANGER, "null", "http://friend.example", "https://friend.example:8443"] {
        let refused = preflight(&app, ME, origin).await;
        let read = app.client().get(ME).cookies(&cookies).header("origin", origin).await;
        for answer in [refused, read] {
            assert_eq!(answer.header("access-control-allow-origin"), None, "{origin}");
            assert_eq!(answer.header("access-control-allow-credentials"), None, "{origin}");
            assert!(answer.header("vary").unwrap().contains("origin"));
        }
        let write = app.client().post(LOGIN).json(&request).header("origin", origin);
        write.header("sec-fetch-site", "cross-site").await.expect_problem(403, "cross_site_request");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_a_friend_unless_told() {
    let app = App::start().await;
    preflight(&app, ME, FRIEND).await.expect_problem(405, "method_not_allowed");
    let answer = app.client().get("/api/core/v1/health").header("origin", FRIEND).await;
    assert_eq!(cors(&answer), serde_json::json!({}));
    // The UI is for nobody else's pages, friends or not.
    let page = open_to_friends().await.client().get("/").header("origin", FRIEND).await;
    assert_eq!(page.header("access-control-allow-origin"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_refused() {
    for (origins, why) in [("*", "name each origin"), ("https://friend.example/", "as browsers write it")] {
        let app = App::builder().variable("cors_allowed_origins", origins).start().await;
        let answer = app.client().get("/api/core/v1/health").await.expect_problem(500, "internal");
        let log = app.log_of(answer.header("x-request-id").unwrap()).await;
        assert!(log.contains("cors_allowed_origins") && log.contains(why), "{log}");
    }
}
