//! Requests and responses, streaming included.

use crate::{
    app::{Setup, only_on_the_host},
    client::{Conversation, assert_problem},
};
use reqwest::{Method, header::HeaderValue};

#[tokio::test]
async fn a_component_answers() {
    let app = Setup::probe("").start().await;
    assert_eq!(app.text("/constant").await, "hello");
    let (status, length) = app.send(Method::POST, "/length", vec![b'x'; 300_000]).await;
    assert_eq!((status, length.as_str()), (200, "300000"));
}

#[tokio::test]
async fn bodies_stream_both_ways_at_once() {
    let app = Setup::probe("").start().await;
    let mut conversation = Conversation::open(&app, "/echo", "one").await;
    assert_eq!(conversation.hear().await, "one");
    conversation.say("two");
    assert_eq!(conversation.hear().await, "two");
    assert_eq!(conversation.finish().await, "");
}

#[tokio::test]
async fn many_requests_at_once() {
    let app = Setup::probe("").start().await;
    let requests = (0..200).map(|_| app.text("/constant"));
    let answers = futures::future::join_all(requests).await;
    assert!(answers.iter().all(|answer| answer == "hello"));
}

/// There and in no header: Wasmtime 48 keeps `Host` from components, and Spin has an older one.
#[tokio::test]
async fn the_host_is_in_the_uri() {
    let app = Setup::probe("").start().await;
    assert_eq!(format!("http://{}", app.text("/authority").await), app.url);
    let elsewhere = app.request(Method::GET, "/authority").header("host", "example.org");
    assert_eq!(elsewhere.send().await.unwrap().text().await.unwrap(), "example.org");
}

#[tokio::test]
async fn a_header_that_is_not_text_is_refused() {
    let app = Setup::probe("").start().await;
    let value = HeaderValue::from_bytes(b"caf\xe9").unwrap();
    let response = app.request(Method::GET, "/headers").header("x-latin-1", value).send().await.unwrap();
    if only_on_the_host("a refusal that says whose fault it is") {
        assert_eq!(response.status(), 500);
        return;
    }
    assert_problem(response, 400, "bad_request").await;
}

#[tokio::test]
async fn the_request_id_goes_through() {
    if only_on_the_host("x-request-id") {
        return;
    }
    let app = Setup::probe("").start().await;
    let response =
        app.request(Method::GET, "/headers").header("x-request-id", "mine-1").send().await.unwrap();
    let headers: Vec<(String, String)> = response.json().await.unwrap();
    assert!(headers.contains(&("x-request-id".into(), "mine-1".into())));
    let made: Vec<(String, String)> = app.get("/headers").await.json().await.unwrap();
    let made = made.iter().find(|(name, _)| name == "x-request-id").unwrap();
    assert_eq!(made.1.len(), 36);
}
