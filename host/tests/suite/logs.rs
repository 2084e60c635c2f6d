//! Access lines and component output.

use host::logs::MemoryLog;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{Setup, only_on_the_host};

fn find(log: &MemoryLog, is: impl Fn(&Value) -> bool) -> Value {
    let records: Vec<Value> = log.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    records.iter().find(|record| is(record)).cloned().unwrap_or_else(|| panic!("not in {records:#?}"))
}

#[tokio::test]
async fn one_access_line_per_request() {
    if only_on_the_host("the log") {
        return;
    }
    let app = Setup::probe("").start().await;
    let request = app
        .request(Method::GET, "/constant?secret=1")
        .header("x-request-id", "r-1")
        .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    assert_eq!(request.send().await.unwrap().text().await.unwrap(), "hello");
    // The line is written after the body: with the connection's end at the latest.
    let log = app.log();
    app.stop().await;
    let mut line = find(&log, |record| record["request_id"] == "r-1");
    assert!(line["time"].as_str().unwrap().ends_with('Z'));
    assert!(line["duration_ms"].as_f64().unwrap() > 0.0);
    assert!(line["client"].as_str().unwrap().starts_with("127.0.0.1:"));
    for name in ["time", "duration_ms", "client"] {
        line.as_object_mut().unwrap().remove(name);
    }
    let expected = json!({
        "level": "info", "message": "request", "component": "probe", "request_id": "r-1",
        "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736", "method": "GET", "route": "/...",
        "path": "/constant", "status": 200,
    });
    assert_eq!(line, expected);
}

#[tokio::test]
async fn what_a_component_prints_becomes_records() {
    if only_on_the_host("the log") {
        return;
    }
    let app = Setup::probe("").start().await;
    app.send(Method::POST, "/print?to=stdout", "plain words").await;
    app.send(Method::POST, "/print?to=stderr", r#"{"level":"error","message":"m","user":7}"#).await;
    let plain = find(&app.log(), |record| record["message"] == "plain words");
    assert_eq!((&plain["component"], &plain["level"]), (&json!("probe"), &json!("info")));
    let structured = find(&app.log(), |record| record["message"] == "m");
    assert_eq!((&structured["level"], &structured["user"]), (&json!("error"), &json!(7)));
    assert_eq!(structured["component"], "probe");
}
