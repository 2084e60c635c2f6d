//! A component's stdout and stderr, line by line into the log.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use bytes::Bytes;
use serde_json::{Map, Value};
use tokio::io::AsyncWrite;
use wasmtime_wasi::{
    cli::{IsTerminal, StdoutStream},
    p2::{OutputStream, Pollable, StreamResult},
};

use super::{Level, Log, Record};

/// Longest line that is kept together.
const MAX_LINE: usize = 64 << 10;

/// One of a component's output streams. All instances' writes end up in the same log, each line whole.
#[derive(Clone)]
pub struct ComponentOutput {
    log: Log,
    component: Arc<str>,
    level: Level,
    /// The line begun but not ended.
    partial: Arc<Mutex<Vec<u8>>>,
}

impl ComponentOutput {
    /// Output of `component`; lines that say no level of their own get `level`.
    pub fn new(log: Log, component: Arc<str>, level: Level) -> Self {
        Self { log, component, level, partial: Arc::default() }
    }

    fn push(&self, mut bytes: &[u8]) {
        let mut partial = self.partial.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
            partial.extend_from_slice(&bytes[..end]);
            self.line(&partial);
            partial.clear();
            bytes = &bytes[end + 1..];
        }
        partial.extend_from_slice(bytes);
        if partial.len() > MAX_LINE {
            self.line(&partial);
            partial.clear();
        }
    }

    fn line(&self, line: &[u8]) {
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end_matches('\r');
        if !line.is_empty() {
            self.log.component(&record(&self.component, self.level, line));
        }
    }
}

/// A line that is a JSON object keeps its fields; what it cannot say is who printed it.
fn record(component: &str, level: Level, line: &str) -> Record {
    let object =
        line.starts_with('{').then(|| serde_json::from_str::<Map<String, Value>>(line).ok()).flatten();
    let Some(object) = object else {
        return Record::new(level, line).with("component", component);
    };
    let mut record = Record::new(level, "").with("component", component);
    record.fields.remove("message");
    for (name, value) in object {
        if name != "component" {
            record.fields.insert(name, value);
        }
    }
    record
}

impl Drop for ComponentOutput {
    fn drop(&mut self) {
        if Arc::strong_count(&self.partial) == 1 {
            let partial = std::mem::take(&mut *self.partial.lock().unwrap_or_else(PoisonError::into_inner));
            self.line(&partial);
        }
    }
}

impl IsTerminal for ComponentOutput {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for ComponentOutput {
    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        Box::new(self.clone())
    }

    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(self.clone())
    }
}

impl AsyncWrite for ComponentOutput {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.push(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[async_trait::async_trait]
impl Pollable for ComponentOutput {
    async fn ready(&mut self) {}
}

impl OutputStream for ComponentOutput {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        self.push(&bytes);
        Ok(())
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        Ok(MAX_LINE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_json_line_keeps_its_fields_but_not_its_component() {
        let record = record("login", Level::Info, r#"{"level":"warn","component":"forged","user":7}"#);
        assert_eq!(record.fields["component"], "login");
        assert_eq!(record.fields["level"], "warn");
        assert_eq!(record.fields["user"], 7);
        assert!(!record.fields.contains_key("message"));
    }

    #[test]
    fn any_other_line_is_the_message() {
        let record = record("login", Level::Info, "{not json");
        assert_eq!(record.fields["message"], "{not json");
    }
}
