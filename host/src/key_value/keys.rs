//! The keys of a store as a stream towards a component.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures::StreamExt as _;
use tokio::sync::oneshot;
use wasmtime::{
    StoreContextMut,
    component::{Destination, StreamProducer, StreamResult, VecBuffer},
};

use super::Keys;
use crate::bindings::spin::key_value::key_value::Error;

/// Hands keys to a component.
pub(super) struct KeyProducer {
    keys: Keys,
    outcome: Option<oneshot::Sender<Result<(), Error>>>,
}

impl KeyProducer {
    /// The producer, and what becomes of it in the end.
    pub fn new(keys: Keys) -> (Self, oneshot::Receiver<Result<(), Error>>) {
        let (sender, receiver) = oneshot::channel();
        (Self { keys, outcome: Some(sender) }, receiver)
    }

    fn finish(&mut self, end: Result<(), Error>) {
        if let Some(outcome) = self.outcome.take() {
            // The component may have dropped its end, and then does not want to know.
            let _ = outcome.send(end);
        }
    }
}

impl<D> StreamProducer<D> for KeyProducer {
    type Item = String;
    type Buffer = VecBuffer<String>;

    fn poll_produce<'a>(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        store: StoreContextMut<'a, D>,
        mut destination: Destination<'a, String, VecBuffer<String>>,
        finish: bool,
    ) -> Poll<wasmtime::Result<StreamResult>> {
        if destination.remaining(store) == Some(0) {
            return Poll::Ready(Ok(StreamResult::Completed));
        }
        loop {
            let page = match self.keys.poll_next_unpin(cx) {
                Poll::Pending if finish => return Poll::Ready(Ok(StreamResult::Cancelled)),
                page => ready!(page),
            };
            match page {
                Some(Ok(keys)) if keys.is_empty() => {}
                Some(Ok(keys)) => {
                    destination.set_buffer(VecBuffer::from(keys));
                    return Poll::Ready(Ok(StreamResult::Completed));
                }
                Some(Err(error)) => {
                    self.finish(Err(error));
                    return Poll::Ready(Ok(StreamResult::Dropped));
                }
                None => {
                    self.finish(Ok(()));
                    return Poll::Ready(Ok(StreamResult::Dropped));
                }
            }
        }
    }
}

impl Drop for KeyProducer {
    /// A component that drops the stream early has had what it wanted.
    fn drop(&mut self) {
        self.finish(Ok(()));
    }
}
