//! How much room there is.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Where tables fit; the same width as `md:` in the style sheet.
const WIDE: &str = "(min-width: 48rem)";

/// Whether there is room for a table; follows the window.
pub fn is_wide_screen() -> ReadSignal<bool> {
    let Ok(Some(query)) = window().match_media(WIDE) else { return signal(true).0 };
    let (wide, set_wide) = signal(query.matches());
    let watched = query.clone();
    let listener = Closure::<dyn FnMut()>::new(move || {
        set_wide.try_set(watched.matches());
    });
    // Neither call fails for a function.
    _ = query.add_event_listener_with_callback("change", listener.as_ref().unchecked_ref());
    let resources = StoredValue::new_local((query, listener));
    on_cleanup(move || {
        resources.try_with_value(|(query, listener)| {
            _ = query.remove_event_listener_with_callback("change", listener.as_ref().unchecked_ref());
        });
    });
    wide
}
