//! Records as text for a terminal.

use serde_json::Value;

use super::record::{Access, Record};

/// Fields of a record that have their own place in the line.
const PLACED: [&str; 4] = ["time", "level", "component", "message"];

pub(super) fn access(access: &Access<'_>) -> Vec<u8> {
    format!(
        "{} {:>5} {} {} {} {} {:.1} ms\n",
        clock_part(&access.time),
        access.level.name(),
        access.component.unwrap_or("host"),
        access.method,
        access.path,
        access.status,
        access.duration_ms,
    )
    .into_bytes()
}

pub(super) fn record(record: &Record) -> Vec<u8> {
    let text = |name: &str| record.fields.get(name).and_then(Value::as_str).unwrap_or_default();
    let component = record.fields.get("component").and_then(Value::as_str).unwrap_or("host");
    let mut line =
        format!("{} {:>5} {component} {}", clock_part(text("time")), text("level"), text("message"));
    for (name, value) in &record.fields {
        if !PLACED.contains(&name.as_str()) {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            line.extend([" ", name.as_str(), "=", value.as_str()]);
        }
    }
    line.push('\n');
    line.into_bytes()
}

/// `12:34:56.789` of an RFC 3339 time.
fn clock_part(time: &str) -> &str {
    time.split_once('T').map_or(time, |(_, clock)| clock.trim_end_matches('Z'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::Level;

    #[test]
    fn other_fields_follow_the_message() {
        let mut example =
            Record::new(Level::Error, "trapped").with("component", "login").with("request_id", "r1");
        example.fields.insert("time".into(), "2026-01-02T03:04:05.678Z".into());
        let line = String::from_utf8(record(&example)).unwrap();
        assert_eq!(line, "03:04:05.678 error login trapped request_id=r1\n");
    }
}
