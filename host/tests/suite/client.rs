//! The other side of the wire.

use std::sync::LazyLock;

use bytes::Bytes;
use futures::channel::mpsc;
use reqwest::{Body, Client, Method, Response};
use serde_json::Value;

use crate::app::App;

/// A client that keeps no connection: tests run on runtimes of their own.
pub fn http() -> &'static Client {
    static CLIENT: LazyLock<Client> =
        LazyLock::new(|| Client::builder().pool_max_idle_per_host(0).build().unwrap());
    &CLIENT
}

/// A request whose body is sent piece by piece.
pub struct Conversation {
    sender: mpsc::UnboundedSender<Result<Bytes, std::convert::Infallible>>,
    pub response: Response,
}

impl Conversation {
    /// Sends the head and `first`, and waits for the response's head.
    pub async fn open(app: &App, path: &str, first: &str) -> Self {
        let (sender, receiver) = mpsc::unbounded();
        sender.unbounded_send(Ok(Bytes::copy_from_slice(first.as_bytes()))).unwrap();
        let body = Body::wrap_stream(receiver);
        let response = app.request(Method::POST, path).body(body).send().await.unwrap();
        Self { sender, response }
    }

    pub fn say(&self, piece: &str) {
        self.sender.unbounded_send(Ok(Bytes::copy_from_slice(piece.as_bytes()))).unwrap();
    }

    pub async fn hear(&mut self) -> String {
        let piece = self.response.chunk().await.unwrap().expect("the response goes on");
        String::from_utf8(piece.to_vec()).unwrap()
    }

    /// Ends the body; the rest of the response.
    pub async fn finish(self) -> String {
        drop(self.sender);
        self.response.text().await.unwrap()
    }
}

/// Checks that the host itself refused, and how.
pub async fn assert_problem(response: Response, status: u16, code: &str) {
    assert_eq!(response.status().as_u16(), status);
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert_own(&response);
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    let problem: Value = response.json().await.unwrap();
    assert_eq!(problem["status"], status);
    assert_eq!(problem["code"], code);
    assert_eq!(problem["request_id"], id.as_str());
    assert!(problem["title"].is_string() && problem["type"].is_string());
}

/// Checks the headers of what the host answers itself.
pub fn assert_own(response: &Response) {
    let header = |name| response.headers()[name].to_str().unwrap();
    assert!(header("content-security-policy").starts_with("default-src 'none';"));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("x-frame-options"), "DENY");
    assert_eq!(header("referrer-policy"), "no-referrer");
    assert_eq!(header("cache-control"), "no-store");
}
