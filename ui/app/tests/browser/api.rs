//! Requests by the browser's own `fetch`, and turns among its tabs by its own locks.

use futures_util::future::join;
use ui_app::api::{ApiError, Connection, Lost, Method, Request, Transport, Web};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{asked, script_network};

const EXPIRED: &str =
    r#"{\"type\":\"x\",\"title\":\"x\",\"status\":401,\"code\":\"token_expired\",\"request_id\":\"r\"}"#;

#[wasm_bindgen_test]
async fn a_change_says_what_it_is_and_what_it_is_based_on() {
    script_network(r#"{"/api/thing": [[412, "{}", "7"]]}"#);
    let request = Request::with_body(Method::Patch, "/api/thing", &"new").if_match(3);
    let response = Web.send(request).await.unwrap();
    assert_eq!((response.status, response.retry_after, &*response.body), (412, Some(7), "{}"));
    assert_eq!(asked(), [r#"PATCH | /api/thing | "new" | "3" | application/json"#]);
}

#[wasm_bindgen_test]
async fn no_network_is_no_answer() {
    script_network("{}");
    assert_eq!(Web.send(Request::get("/api/thing")).await, Err(Lost));
}

#[wasm_bindgen_test]
async fn two_tabs_renew_once() {
    script_network(&format!(
        r#"{{
            "/api/thing": [[401, "{EXPIRED}"], [401, "{EXPIRED}"], [200, "1"], [200, "2"]],
            "/api/core/v1/auth/refresh": [[200, "{{}}"], [401, "{EXPIRED}"]]
        }}"#
    ));
    // Each has its own memory, as two tabs do; the lock and the note of the renewal they share.
    let (one, other) = (Connection::new(Web), Connection::new(Web));
    let ask = |tab: Connection| async move { tab.send_signed_in(Request::get("/api/thing")).await };
    let (first, second) = join(ask(one), ask(other)).await;
    assert!(first.is_ok() && second.is_ok());
    assert_eq!(asked().iter().filter(|line| line.contains("refresh")).count(), 1);
}

#[wasm_bindgen_test]
async fn a_proxys_error_page_is_no_answer_of_the_api() {
    script_network(r#"{"/api/thing": [[413, "<html>"]]}"#);
    let outcome = Connection::new(Web).send(Request::get("/api/thing")).await;
    assert_eq!(outcome, Err(ApiError::Unreadable { status: 413 }));
}
