//! Routes, their precedence, and what components are told about them.

use reqwest::Method;

use crate::{
    app::{App, Setup, only_on_the_host},
    client::{assert_own, assert_problem},
};

const ROUTES: &str = r#"
[[trigger.http]]
route = "/headers/..."
component = "wild"
[[trigger.http]]
route = "/headers/:user/exact"
component = "segment"
[[trigger.http]]
route = "/headers/fixed/exact"
component = "exact"
[[trigger.http]]
route = { private = true }
component = "hidden"
[component.wild]
source = "{probe}"
[component.segment]
source = "{probe}"
[component.exact]
source = "{probe}"
[component.hidden]
source = "{probe}"
"#;

async fn spin_headers(app: &App, path: &str) -> Vec<(String, String)> {
    let headers: Vec<(String, String)> = app.get(path).await.json().await.unwrap();
    headers.into_iter().filter(|(name, _)| name.starts_with("spin-") && name != "spin-client-addr").collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[tokio::test]
async fn the_most_exact_route_wins_and_tells_how_it_matched() {
    let app = Setup::manifest(ROUTES).start().await;
    let url = |path: &str| format!("{}{path}", app.url);

    let wild = spin_headers(&app, "/headers/a/b?q=1").await;
    let expected = [
        ("spin-path-info", "/a/b"),
        ("spin-full-url", &url("/headers/a/b?q=1")),
        ("spin-matched-route", "/headers/..."),
        ("spin-base-path", "/"),
        ("spin-raw-component-route", "/headers/..."),
        ("spin-component-route", "/headers"),
    ];
    assert_eq!(wild, pairs(&expected));

    let segment = spin_headers(&app, "/headers/ann/exact").await;
    assert!(segment.contains(&("spin-path-match-user".into(), "ann".into())));
    assert!(segment.contains(&("spin-path-info".into(), String::new())));

    let exact = spin_headers(&app, "/headers/fixed/exact").await;
    assert!(exact.contains(&("spin-matched-route".into(), "/headers/fixed/exact".into())));
}

#[tokio::test]
async fn the_last_client_address_is_the_true_one() {
    let app = Setup::probe("").start().await;
    let request = app.request(Method::GET, "/headers").header("spin-client-addr", "6.6.6.6:6");
    let headers: Vec<(String, String)> = request.send().await.unwrap().json().await.unwrap();
    let addresses: Vec<_> = headers.iter().filter(|(name, _)| name == "spin-client-addr").collect();
    assert!(addresses.last().unwrap().1.starts_with("127.0.0.1:"));
}

#[tokio::test]
async fn without_a_route_the_host_answers() {
    let app = Setup::manifest(ROUTES).start().await;
    let response = app.get("/nowhere").await;
    if only_on_the_host("problem+json") {
        assert_eq!(response.status(), 404);
        return;
    }
    assert_problem(response, 404, "not_found").await;
}

#[tokio::test]
async fn spins_own_addresses() {
    let app = Setup::probe("").start().await;
    let health = app.get("/.well-known/spin/health").await;
    if !only_on_the_host("headers of its own answers") {
        assert_own(&health);
        assert_eq!(health.headers()["content-type"], "text/plain; charset=utf-8");
    }
    assert_eq!(health.text().await.unwrap(), "OK");
    let info: serde_json::Value = app.get("/.well-known/spin/info").await.json().await.unwrap();
    assert_eq!(info["name"], "suite");
    assert_eq!(info["version"], "1.2.3");
    assert_eq!(app.get("/.well-known/spin/other").await.status(), 404);
}
