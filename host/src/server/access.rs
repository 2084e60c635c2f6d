//! The access line: written when a response's body is sent or given up.

use std::{
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Instant,
};

use bytes::Bytes;
use http::{HeaderValue, Method, Uri};
use http_body::{Body, Frame, SizeHint};
use tokio::sync::OwnedSemaphorePermit;
use wasmtime_wasi_http::{Error, WasiBody};

use crate::{
    application::Application,
    logs::{Access, Level, milliseconds, timestamp},
};

/// What monitors and timers ask for all day: the last segments of its paths.
const TIMED: [&str; 3] = ["health", "ready", "tick"];

/// Status of a request whose client left before the answer, as other servers log it.
pub(super) const CLIENT_GONE: u16 = 499;

/// What the access line will say. It is written when this is dropped.
pub(super) struct AccessEntry {
    pub(super) application: Arc<Application>,
    pub(super) started: Instant,
    pub(super) request_id: HeaderValue,
    pub(super) trace_id: Option<String>,
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) client: SocketAddr,
    pub(super) component: Option<Arc<str>>,
    pub(super) route: Option<String>,
    /// 499 while there is no answer, which is what a client that goes away gets in the log.
    pub(super) status: u16,
    /// Held as long as the request is in flight.
    pub(super) permit: Option<OwnedSemaphorePermit>,
}

impl Drop for AccessEntry {
    fn drop(&mut self) {
        let level = level(self.status, self.uri.path());
        self.application.log.access(&Access {
            time: timestamp(),
            level,
            message: "request",
            component: self.component.as_deref(),
            request_id: self.request_id.to_str().unwrap_or_default(),
            trace_id: self.trace_id.as_deref(),
            method: self.method.as_str(),
            route: self.route.as_deref(),
            path: self.uri.path(),
            status: self.status,
            duration_ms: milliseconds(self.started.elapsed()),
            client: self.client.to_string(),
        });
        drop(self.permit.take());
    }
}

fn level(status: u16, path: &str) -> Level {
    let timed = path.rsplit('/').next().is_some_and(|segment| TIMED.contains(&segment));
    match status {
        500.. => Level::Error,
        200..300 if timed => Level::Debug,
        _ => Level::Info,
    }
}

/// A response's body with the entry that ends with it.
pub(super) struct LoggedBody {
    pub(super) inner: WasiBody,
    pub(super) _entry: AccessEntry,
}

impl Body for LoggedBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        Pin::new(&mut self.inner).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_timer_asks_for_is_no_news_unless_it_fails() {
        for path in ["/api/service/v1/tick", "/tick", "/api/core/v1/health", "/api/core/v1/ready"] {
            assert_eq!(level(200, path), Level::Debug, "{path}");
            assert_eq!(level(401, path), Level::Info, "{path}");
            assert_eq!(level(503, path), Level::Error, "{path}");
        }
        for path in ["/", "/tick/x", "/ticks", "/api/core/v1/me"] {
            assert_eq!(level(200, path), Level::Info, "{path}");
        }
    }
}
