//! Requests and responses, streaming included.

use crate::{
    app::{Setup, only_on_the_host},
    client::Conversation,
};
use reqwest::Method;

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
