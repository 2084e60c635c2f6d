//! The last resort: the application has stopped, and says so.

use std::panic;

use leptos::leptos_dom::logging::console_error;
use leptos::prelude::document;

/// A panic ends the application. It is written to the console, and the page says that it must be
/// reloaded; otherwise it would only seem to be slow.
pub fn report_panics() {
    panic::set_hook(Box::new(|info| {
        console_error(&info.to_string());
        if let Some(notice) = document().get_element_by_id("stopped") {
            // Removing an attribute cannot fail.
            _ = notice.remove_attribute("hidden");
        }
    }));
}
