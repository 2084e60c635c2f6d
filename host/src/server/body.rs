//! Bodies under watch: size and pauses of what a client sends, pauses of what an upstream sends.

use std::{
    pin::Pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::{
    sync::Notify,
    time::{Instant, Sleep},
};
use wasmtime_wasi_http::Error;

use super::problem::Problem;

/// A body that fails when it pauses for too long.
pub(crate) struct IdleBody<B> {
    inner: B,
    idle: Duration,
    /// Set while the body is waited for.
    sleep: Option<Pin<Box<Sleep>>>,
    error: fn() -> Error,
}

impl<B> IdleBody<B> {
    pub(crate) fn new(inner: B, idle: Duration, error: fn() -> Error) -> Self {
        Self { inner, idle, sleep: None, error }
    }
}

impl<B> Body for IdleBody<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Error>,
{
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.inner).poll_frame(context) {
            this.sleep = None;
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let deadline = Instant::now() + this.idle;
        let sleep = this.sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(deadline)));
        sleep.as_mut().poll(context).map(|()| Some(Err((this.error)())))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// Tells when a request's body broke a rule, so that the host can answer even if the component does not look.
#[derive(Default)]
pub(super) struct Violation {
    problem: OnceLock<Problem>,
    notify: Notify,
}

impl Violation {
    /// Resolves when the body breaks a rule; never for one that does not.
    pub(super) async fn wait(&self) -> Problem {
        let notified = self.notify.notified();
        if let Some(problem) = self.problem.get() {
            return *problem;
        }
        notified.await;
        self.problem.get().copied().unwrap_or(Problem::BodyTooLarge)
    }

    fn report(&self, problem: Problem) {
        let _ = self.problem.set(problem);
        self.notify.notify_waiters();
    }
}

/// A request's body within the host's limits.
pub(super) struct WatchedBody<B> {
    inner: IdleBody<B>,
    remaining: u64,
    limit: u64,
    violation: Arc<Violation>,
}

impl<B> WatchedBody<B> {
    pub(super) fn new(inner: B, limit: u64, idle: Duration) -> (Self, Arc<Violation>) {
        let violation = Arc::<Violation>::default();
        let inner = IdleBody::new(inner, idle, || Error::ConnectionReadTimeout);
        (Self { inner, remaining: limit, limit, violation: violation.clone() }, violation)
    }
}

impl<B> Body for WatchedBody<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Error>,
{
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = &mut *self;
        let polled = Pin::new(&mut this.inner).poll_frame(context);
        match &polled {
            Poll::Ready(Some(Ok(frame))) => {
                let length = frame.data_ref().map_or(0, |data| data.len() as u64);
                if length > this.remaining {
                    this.violation.report(Problem::BodyTooLarge);
                    return Poll::Ready(Some(Err(Error::HttpRequestBodySize(Some(this.limit)))));
                }
                this.remaining -= length;
            }
            Poll::Ready(Some(Err(Error::ConnectionReadTimeout))) => {
                this.violation.report(Problem::BodyTimeout);
            }
            _ => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
