//! The few things of the browser that pages and state need: stored values, the document, the focus.

use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, Storage};

fn storage() -> Option<Storage> {
    // Absent where the person has switched storage off.
    window().local_storage().ok().flatten()
}

/// The value that this browser keeps under `key`.
pub fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a value in this browser, if it may.
pub fn store(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or forbidden storage loses a preference, nothing more.
        _ = storage.set_item(key, value);
    }
}

/// Forgets the value under `key`.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        _ = storage.remove_item(key);
    }
}

/// Sets an attribute of `<html>`, or removes it.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    // Both fail for names that aren't names only.
    _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// The languages that the person prefers, best first, as BCP 47 tags.
pub fn preferred_languages() -> Vec<String> {
    window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

/// Puts a text on the clipboard; answers whether the browser allowed it.
pub async fn copy(text: &str) -> bool {
    // Elsewhere there is no clipboard.
    window().is_secure_context()
        && JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok()
}

/// The address of a document that is in the address itself.
pub fn data_url(media_type: &str, document: &str) -> String {
    format!("data:{media_type};charset=utf-8,{}", js_sys::encode_uri_component(document))
}

/// Moves the focus to the first element within `container` that `selector` finds, once what is being
/// rendered is there.
pub fn focus_first(container: &Element, selector: &'static str) {
    let container = container.clone();
    request_animation_frame(move || {
        let found = container.query_selector(selector).ok().flatten();
        if let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            // It fails for elements that cannot have the focus: then it stays where it was.
            _ = element.focus();
        }
    });
}

/// Removes what `index.html` shows until the application runs.
pub fn remove_boot_screen() {
    if let Some(screen) = document().get_element_by_id("boot") {
        screen.remove();
    }
}
