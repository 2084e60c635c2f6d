//! Whether the browser is online.

use leptos::prelude::*;

/// Whether the browser believes that it is online.
#[derive(Debug, Clone, Copy)]
pub struct Connectivity(ReadSignal<bool>);

impl Connectivity {
    /// Tracked.
    pub fn is_online(self) -> bool {
        self.0.get()
    }
}

/// Follows the browser's events.
pub fn provide_connectivity() {
    let (online, set_online) = signal(window().navigator().on_line());
    let on = window_event_listener(leptos::ev::online, move |_| set_online.set(true));
    let off = window_event_listener(leptos::ev::offline, move |_| set_online.set(false));
    on_cleanup(move || {
        on.remove();
        off.remove();
    });
    provide_context(Connectivity(online));
}
