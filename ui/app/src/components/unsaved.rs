//! What is nowhere but on the page.

use leptos::ev;
use leptos::prelude::*;

/// While something would be lost, the browser asks before it leaves the site or loads the page anew.
pub fn warn_before_leaving(unsaved: Signal<bool>) {
    Effect::new(move || {
        // Only then: a page that may ask isn't kept for the way back.
        if unsaved.get() {
            let leaving = window_event_listener(ev::beforeunload, |event| event.prevent_default());
            on_cleanup(move || leaving.remove());
        }
    });
}
