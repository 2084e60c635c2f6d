//! Records and their JSON form.

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Map, Value};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Of no interest until something is looked for; left out where people read along.
    Debug,
    /// As it should be.
    Info,
    /// Worth a look.
    Warn,
    /// Something failed.
    Error,
}

impl Level {
    /// The level's lower-case name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

/// One request, answered.
#[derive(Clone, Debug, Serialize)]
pub struct Access<'a> {
    /// RFC 3339, UTC, milliseconds.
    pub time: String,
    /// `error` for 5xx; `debug` for what a timer asks for and gets; else `info`.
    pub level: Level,
    /// Always `request`, so that access lines can be told from others.
    pub message: &'static str,
    /// The component that answered; `None` where the host did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub component: Option<&'a str>,
    /// The request's id.
    pub request_id: &'a str,
    /// The trace id of `traceparent` (W3C Trace Context §3.2.2.3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<&'a str>,
    /// The request's method.
    pub method: &'a str,
    /// The route that matched, as `spin.toml` has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route: Option<&'a str>,
    /// The path, without query.
    pub path: &'a str,
    /// The response's status.
    pub status: u16,
    /// From the request's head to the end of the response's body, in milliseconds.
    pub duration_ms: f64,
    /// The peer's address and port.
    pub client: String,
}

impl Access<'_> {
    pub(super) fn to_json(&self) -> Vec<u8> {
        let mut line = Vec::with_capacity(384);
        // Writing numbers and strings to memory cannot fail.
        let _ = serde_json::to_writer(&mut line, self);
        line.push(b'\n');
        line
    }
}

/// Milliseconds with three decimals.
pub fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

/// Now, as records say it.
pub fn timestamp() -> String {
    DateTime::<Utc>::from(std::time::SystemTime::now()).to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Anything else worth a line.
#[derive(Clone, Debug)]
pub struct Record {
    /// `time`, `level`, `message` and more, in the order of the line.
    pub fields: Map<String, Value>,
}

impl Record {
    /// A record of now.
    pub fn new(level: Level, message: impl Into<String>) -> Self {
        let mut fields = Map::new();
        fields.insert("time".into(), timestamp().into());
        fields.insert("level".into(), level.name().into());
        fields.insert("message".into(), message.into().into());
        Self { fields }
    }

    /// Adds a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.fields.insert(name.into(), value.into());
        self
    }

    pub(super) fn to_json(&self) -> Vec<u8> {
        let mut line = serde_json::to_vec(&self.fields).unwrap_or_default();
        line.push(b'\n');
        line
    }
}
