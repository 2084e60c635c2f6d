//! What the client needs of the world around it.

use std::any::Any;
use std::time::Duration;

use futures_util::future::LocalBoxFuture;
use serde::Serialize;

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads; safe to repeat.
    Get,
    /// Creates or does something.
    Post,
    /// Changes something.
    Patch,
    /// Takes something away.
    Delete,
}

/// A request to this site's own API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// How.
    pub method: Method,
    /// Path and query string.
    pub path: String,
    /// A JSON document.
    pub body: Option<String>,
    /// The version that a change is based on.
    pub if_match: Option<i64>,
}

impl Request {
    /// Reads `path`.
    pub fn get(path: impl Into<String>) -> Self {
        Self::bare(Method::Get, path)
    }

    /// Sends no body: method and path say it all.
    pub fn bare(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), body: None, if_match: None }
    }

    /// Sends `body` to `path`.
    pub fn with_body(method: Method, path: impl Into<String>, body: &impl Serialize) -> Self {
        // Bodies are the contract's structs of text, which always serialize.
        let body = serde_json::to_string(body).unwrap_or_default();
        Self { method, path: path.into(), body: Some(body), if_match: None }
    }

    /// Only if the thing still has this version.
    #[must_use]
    pub fn if_match(mut self, version: i64) -> Self {
        self.if_match = Some(version);
        self
    }
}

/// An answer, of whatever status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The seconds of `Retry-After`.
    pub retry_after: Option<u32>,
    /// The body as text.
    pub body: String,
}

/// No answer came: the network, or the server, is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost;

/// The browser's part: the network, time, and what the tabs of one browser share.
pub trait Transport: 'static {
    /// Sends a request with the browser's cookies.
    fn send(&self, request: Request) -> LocalBoxFuture<'static, Result<Response, Lost>>;

    /// Waits.
    fn wait(&self, time: Duration) -> LocalBoxFuture<'static, ()>;

    /// Milliseconds since some fixed point, the same in every tab.
    fn now(&self) -> u64;

    /// Waits for its turn among the tabs to renew the access; the turn ends with the value's drop.
    fn renewal_turn(&self) -> LocalBoxFuture<'static, Box<dyn Any>>;

    /// When a tab last renewed the access, by [`now`](Self::now).
    fn renewed_at(&self) -> Option<u64>;

    /// Tells the other tabs that the access has just been renewed.
    fn note_renewal(&self);
}
