//! A result that is read as it comes.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use futures::Stream as _;
use tokio::sync::oneshot;
use tokio_postgres::RowStream;
use wasmtime::{
    StoreContextMut,
    component::{Destination, StreamProducer, StreamResult, VecBuffer},
};

use super::{
    MAX_RESULT_BYTES,
    error::{query_failed, query_text},
    lease::Lease,
    session::Running,
    values,
};
use crate::bindings::spin::postgres::postgres::{Column, Error, Row};

/// How many rows, and about how many bytes of them, are handed on at once.
const BATCH_ROWS: usize = 1024;
const BATCH_BYTES: usize = 256 << 10;

/// A result that has not been read to its end.
pub(super) struct Reading {
    stream: Pin<Box<RowStream>>,
    /// Dropped unfinished where the reading is given up, which closes the connection.
    running: Running,
    /// Keeps the connection for as long as rows may come.
    _lease: Arc<Lease>,
}

/// Some rows, and how the result ended if it did.
#[derive(Default)]
struct Batch {
    columns: Vec<Column>,
    rows: Vec<Row>,
    end: Option<Result<(), Error>>,
}

impl Reading {
    pub fn new(stream: Pin<Box<RowStream>>, running: Running, lease: Arc<Lease>) -> Self {
        Self { stream, running, _lease: lease }
    }

    /// The result's columns, a producer of its rows, and what becomes of it in the end. A small result is
    /// here whole when this returns, and its connection free again.
    pub async fn into_producer(mut self) -> (Vec<Column>, RowProducer, oneshot::Receiver<Result<(), Error>>) {
        let Batch { columns, rows, end } = std::future::poll_fn(|cx| self.poll_batch(cx)).await;
        let (sender, receiver) = oneshot::channel();
        let mut producer = RowProducer { rows, reading: Some(self), outcome: Some(sender) };
        if let Some(end) = end {
            producer.finish(end);
        }
        (columns, producer, receiver)
    }

    /// The rows that have arrived; pending where none has and the result goes on.
    fn poll_batch(&mut self, cx: &mut Context<'_>) -> Poll<Batch> {
        let mut batch = Batch::default();
        let mut bytes = 0;
        while batch.end.is_none() && batch.rows.len() < BATCH_ROWS && bytes < BATCH_BYTES {
            let row = match self.stream.as_mut().poll_next(cx) {
                Poll::Pending if batch.rows.is_empty() => return Poll::Pending,
                Poll::Pending => break,
                Poll::Ready(None) => {
                    batch.end = Some(Ok(()));
                    break;
                }
                Poll::Ready(Some(Err(error))) => {
                    batch.end = Some(Err(query_failed(&error)));
                    break;
                }
                Poll::Ready(Some(Ok(row))) => row,
            };
            if batch.rows.is_empty() {
                batch.columns = values::columns(row.columns());
            }
            bytes += row.raw_size_bytes();
            match values::decode(&row) {
                _ if row.raw_size_bytes() > MAX_RESULT_BYTES => {
                    batch.end =
                        Some(Err(query_text(format!("a row has more than {MAX_RESULT_BYTES} bytes"))));
                }
                Ok(values) => batch.rows.push(values),
                Err(reason) => batch.end = Some(Err(query_text(reason))),
            }
        }
        Poll::Ready(batch)
    }
}

/// Hands rows to a component.
pub(super) struct RowProducer {
    rows: Vec<Row>,
    reading: Option<Reading>,
    outcome: Option<oneshot::Sender<Result<(), Error>>>,
}

impl RowProducer {
    /// Ends the reading and tells the component how it ended.
    fn finish(&mut self, end: Result<(), Error>) {
        if let Some(reading) = self.reading.take() {
            reading.running.finish();
        }
        if let Some(outcome) = self.outcome.take() {
            // The component may have dropped its end, and then does not want to know.
            let _ = outcome.send(end);
        }
    }
}

impl<D> StreamProducer<D> for RowProducer {
    type Item = Row;
    type Buffer = VecBuffer<Row>;

    fn poll_produce<'a>(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        store: StoreContextMut<'a, D>,
        mut destination: Destination<'a, Row, VecBuffer<Row>>,
        finish: bool,
    ) -> Poll<wasmtime::Result<StreamResult>> {
        if destination.remaining(store) == Some(0) {
            return Poll::Ready(Ok(StreamResult::Completed));
        }
        if self.rows.is_empty()
            && let Some(reading) = &mut self.reading
        {
            let batch = match reading.poll_batch(cx) {
                Poll::Pending if finish => return Poll::Ready(Ok(StreamResult::Cancelled)),
                batch => ready!(batch),
            };
            self.rows = batch.rows;
            if let Some(end) = batch.end {
                self.finish(end);
            }
        }
        if !self.rows.is_empty() {
            destination.set_buffer(VecBuffer::from(std::mem::take(&mut self.rows)));
        }
        Poll::Ready(Ok(if self.reading.is_some() { StreamResult::Completed } else { StreamResult::Dropped }))
    }
}

impl Drop for RowProducer {
    /// A component that drops the stream early has had what it wanted.
    fn drop(&mut self) {
        if let Some(outcome) = self.outcome.take() {
            let _ = outcome.send(Ok(()));
        }
    }
}
