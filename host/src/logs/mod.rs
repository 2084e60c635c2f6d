//! The structured log: one record per line, written by a thread of its own so that no request waits for the terminal.
//!
//! A record is a JSON object with `time`, `level`, and what it is about (`component`, `request_id`, ...), or the same
//! as readable text.

mod component_output;
mod record;
mod sink;
mod text;

use std::{io::IsTerminal as _, sync::Arc};

pub use component_output::ComponentOutput;
pub use record::{Access, Level, Record, milliseconds, timestamp};
pub use sink::{LogSink, MemoryLog};

/// How records are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// Text on a terminal, JSON elsewhere.
    #[default]
    Auto,
    /// One JSON object per line.
    Json,
    /// Readable lines.
    Text,
}

impl LogFormat {
    fn is_json(self) -> bool {
        match self {
            Self::Auto => !std::io::stdout().is_terminal(),
            Self::Json => true,
            Self::Text => false,
        }
    }
}

/// Where a host writes its records. Clones write to the same place.
#[derive(Clone)]
pub struct Log {
    sink: Arc<LogSink>,
    json: bool,
    quiet: bool,
}

impl Log {
    /// A log that writes to `sink`. With `quiet`, component output is dropped; the host's own records stay.
    pub fn new(sink: LogSink, format: LogFormat, quiet: bool) -> Self {
        Self { sink: Arc::new(sink), json: format.is_json(), quiet }
    }

    /// A log that goes nowhere.
    pub fn discard() -> Self {
        Self::new(LogSink::Discard, LogFormat::Json, true)
    }

    /// Writes one access line.
    pub fn access(&self, access: &Access<'_>) {
        if self.sink.is_discard() || (access.level == Level::Debug && !self.json) {
            return;
        }
        let line = if self.json { access.to_json() } else { text::access(access) };
        self.sink.write(&line);
    }

    /// Writes one record of the host.
    pub fn record(&self, record: &Record) {
        if self.sink.is_discard() {
            return;
        }
        let line = if self.json { record.to_json() } else { text::record(record) };
        self.sink.write(&line);
    }

    /// Writes a line that a component printed.
    fn component(&self, record: &Record) {
        if !self.quiet {
            self.record(record);
        }
    }

    /// Returns when everything written so far is out.
    pub fn flush(&self) {
        self.sink.flush();
    }
}
