//! Limits on requests; all but their defaults are the embedded host's own.

use std::time::Duration;

use bytes::Bytes;
use reqwest::{Body, Method};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::{
    app::{App, Setup, only_on_the_host},
    client::{Conversation, assert_problem},
};

async fn limited(change: impl FnOnce(&mut host::Limits)) -> Option<App> {
    if only_on_the_host("limits") {
        return None;
    }
    let mut setup = Setup::probe("");
    change(&mut setup.limits);
    Some(setup.start().await)
}

#[tokio::test]
async fn a_body_that_says_it_is_too_large() {
    let Some(app) = limited(|limits| limits.body_bytes = 10).await else { return };
    assert_eq!(app.send(Method::POST, "/length", "0123456789").await, (200, "10".into()));
    let response = app.request(Method::POST, "/length").body("01234567890").send().await.unwrap();
    assert_problem(response, 413, "body_too_large").await;
}

#[tokio::test]
async fn a_body_that_turns_out_too_large() {
    let Some(app) = limited(|limits| limits.body_bytes = 10).await else { return };
    let pieces = (0..3).map(|_| Ok::<_, std::convert::Infallible>(Bytes::from_static(b"0123456")));
    let body = Body::wrap_stream(futures::stream::iter(pieces));
    let response = app.request(Method::POST, "/length").body(body).send().await.unwrap();
    assert_problem(response, 413, "body_too_large").await;
}

#[tokio::test]
async fn headers_that_are_too_large() {
    let Some(app) = limited(|_| {}).await else { return };
    let request = app.request(Method::GET, "/constant").header("x-large", "x".repeat(40 << 10));
    assert_problem(request.send().await.unwrap(), 431, "headers_too_large").await;
}

#[tokio::test]
async fn one_request_too_many() {
    let Some(app) = limited(|limits| limits.concurrent_requests = 1).await else { return };
    let mut conversation = Conversation::open(&app, "/echo", "one").await;
    assert_eq!(conversation.hear().await, "one");
    let refused = app.get("/constant").await;
    assert_eq!(refused.headers()["retry-after"], "1");
    assert_problem(refused, 503, "overloaded").await;
    assert_eq!(conversation.finish().await, "");
}

/// What the host sends to a client that writes `start` and then nothing.
async fn stalled(app: &App, start: &str) -> String {
    let mut stream = TcpStream::connect(app.host().addr()).await.unwrap();
    stream.write_all(start.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn a_client_that_stalls() {
    let short = Duration::from_millis(200);
    let change =
        |limits: &mut host::Limits| (limits.body_idle_time, limits.header_read_time) = (short, short);
    let Some(app) = limited(change).await else { return };
    let answer = stalled(&app, "POST /length HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n012").await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("\"code\":\"request_timeout\""), "{answer}");
    let silent = stalled(&app, "GET / HTTP/1.1\r\nhost").await;
    assert!(silent.is_empty() || silent.starts_with("HTTP/1.1 408 "), "{silent}");
}
