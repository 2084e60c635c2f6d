//! Service chaining and private routes.

use reqwest::Method;

use crate::app::Setup;

fn manifest(allowed: &str) -> String {
    format!(
        r#"
[[trigger.http]]
route = "/front/..."
component = "front"
[[trigger.http]]
route = "/fetch"
component = "front"
[[trigger.http]]
route = "/forward"
component = "front"
[[trigger.http]]
route = {{ private = true }}
component = "worker"
[component.front]
source = "{{probe}}"
allowed_outbound_hosts = [{allowed}]
[component.worker]
source = "{{probe}}"
"#
    )
}

#[tokio::test]
async fn a_private_component_is_reached_from_inside_only() {
    let app = Setup::manifest(&manifest("\"http://worker.spin.internal\"")).start().await;
    assert_eq!(app.text("/fetch?url=http://worker.spin.internal/constant").await, "200 hello");
    let (status, length) =
        app.send(Method::POST, "/forward?url=http://worker.spin.internal/length", vec![0; 100_000]).await;
    assert_eq!((status, length.as_str()), (200, "200 100000"));
    assert_eq!(app.get("/constant").await.status(), 404);

    let forged = app.request(Method::GET, "/constant").header("host", "worker.spin.internal");
    assert_ne!(forged.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn the_callee_sees_a_whole_path_and_no_client() {
    let app = Setup::manifest(&manifest("\"http://*.spin.internal\"")).start().await;
    let answer = app.text("/fetch?url=http://worker.spin.internal/headers/a").await;
    let headers: Vec<(String, String)> = serde_json::from_str(answer.strip_prefix("200 ").unwrap()).unwrap();
    assert!(headers.contains(&("spin-path-info".into(), "/headers/a".into())));
    assert!(headers.contains(&("spin-client-addr".into(), "0.0.0.0:0".into())));
    assert!(headers.contains(&("spin-matched-route".into(), "/...".into())));
}

#[tokio::test]
async fn chaining_has_to_be_allowed() {
    let app = Setup::manifest(&manifest("")).start().await;
    let response = app.get("/fetch?url=http://worker.spin.internal/constant").await;
    assert_eq!(response.status(), 500);
    assert!(response.text().await.unwrap().contains("HttpRequestDenied"));
}
