//! The component's own log: one JSON object a line on standard error, which the host passes on.

use std::sync::Once;

/// Sets the log up, once an instance.
pub(crate) fn init() {
    static INIT: Once = Once::new();
    INIT.call_once(|| {
        tracing_subscriber::fmt()
            .json()
            .flatten_event(true)
            .without_time()
            .with_max_level(tracing::Level::INFO)
            .with_writer(std::io::stderr)
            .init();
    });
}
