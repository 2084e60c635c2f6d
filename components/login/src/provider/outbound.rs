//! Requests to identity providers, over Spin's outbound HTTP: it reaches the hosts of `spin.toml` alone, and follows no
//! redirect.

use std::{pin::pin, time::Duration};

use bytes::Bytes;
use futures_util::future::{Either, select};
use http_body_util::{BodyExt, Limited};
use oauth2::{HttpRequest, HttpResponse};
use spin_sdk::{http::FullBody, time::sleep};
use thiserror::Error;

/// For a whole answer. Somebody waits at a button.
const PATIENCE: Duration = Duration::from_secs(5);
/// The most bytes of an answer: a key set of many keys has some 20 KiB.
const LIMIT: usize = 256 * 1024;

/// Why there is no answer to a request.
#[derive(Debug, Error)]
pub enum HttpError {
    /// Too slow.
    #[error("no whole answer within {} s", PATIENCE.as_secs())]
    TimedOut,
    /// No connection, or one that is not allowed.
    #[error("it can't be reached: {0}")]
    Unreachable(String),
    /// An answer that breaks off, or never ends.
    #[error("its answer is cut off, or longer than {LIMIT} bytes: {0}")]
    Broken(String),
}

impl HttpError {
    /// Whether nothing came at all.
    pub const fn is_silence(&self) -> bool {
        matches!(self, Self::TimedOut | Self::Unreachable(_))
    }
}

/// Sends a request and reads the whole answer.
pub async fn send(request: HttpRequest) -> Result<HttpResponse, HttpError> {
    match select(pin!(exchange(request)), pin!(sleep(PATIENCE))).await {
        Either::Left((answer, _)) => answer,
        Either::Right(((), _)) => Err(HttpError::TimedOut),
    }
}

async fn exchange(request: HttpRequest) -> Result<HttpResponse, HttpError> {
    let request = request.map(|body| FullBody::new(Bytes::from(body)));
    let unreachable = |error: &dyn ToString| HttpError::Unreachable(error.to_string());
    let (parts, body) =
        spin_sdk::http::send(request).await.map_err(|error| unreachable(&error))?.into_parts();
    let body = Limited::new(body, LIMIT).collect().await;
    let body = body.map_err(|error| HttpError::Broken(error.to_string()))?.to_bytes();
    Ok(HttpResponse::from_parts(parts, body.to_vec()))
}
