//! The served descriptions, and that what they describe is there.

use std::fs;

use reqwest::Method;
use serde_json::{Value, json};
use tests::{App, Response, repository};

const DOCUMENTS: [(&str, &str); 2] = [
    ("/api/core/v1/openapi.json", "docs/openapi/core.json"),
    ("/api/service/v1/openapi.json", "docs/openapi/service.json"),
];

fn committed(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(repository().join(path)).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_served_documents_are_the_committed_ones() {
    let app = App::start().await;
    for (url, file) in DOCUMENTS {
        let served = app.client().get(url).await.expect_status(200);
        assert_eq!(served.header("content-type"), Some("application/json"));
        assert_eq!(served.body, committed(file), "{url} is not {file}: build the components anew");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_described_operation_is_there_and_guarded_as_described() {
    let provider =
        App::builder().variable("github_client_id", "matrice").variable("github_client_secret", "s");
    let app = provider.start().await;
    for (_, file) in DOCUMENTS {
        let document = committed(file);
        for (path, operations) in document["paths"].as_object().unwrap() {
            for (method, operation) in operations.as_object().unwrap() {
                let response = call(&app, method, path).await;
                let at = format!("{method} {path}: {} {}", response.status, response.body);
                assert!(!matches!(response.status, 404 | 405), "{at}");
                if operation["security"] != json!([]) {
                    assert_eq!(response.code(), "unauthenticated", "{at}");
                }
            }
        }
    }
}

async fn call(app: &App, method: &str, path: &str) -> Response {
    let path = path.replace("{id}", "01890000-0000-7000-8000-000000000000").replace("{provider}", "github");
    let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
    let has_body = method != Method::GET;
    let call = app.client().call(method, &path);
    // With a provider one signs in, too: to link one must be signed in.
    if has_body { call.json(&json!({ "purpose": "link", "return_to": "/" })).await } else { call.await }
}
