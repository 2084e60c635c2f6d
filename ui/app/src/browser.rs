//! The few things of the browser that pages and state need: stored values, files, the document, the focus.

use std::time::Duration;

use js_sys::Array;
use leptos::prelude::{document, request_animation_frame, set_timeout, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Element, HtmlAnchorElement, HtmlElement, Storage, Url};

/// By when the browser has taken over the content of a file.
const SAVED_BY: Duration = Duration::from_mins(1);

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

/// What a person calls the kind of machine that they hold or sit at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Device {
    Android,
    Chromebook,
    Ipad,
    Iphone,
    Linux,
    Mac,
    Windows,
    /// None of these.
    Unknown,
}

impl Device {
    /// This one, as far as the browser tells.
    pub fn here() -> Self {
        let navigator = window().navigator();
        let device = Self::of(&navigator.user_agent().unwrap_or_default());
        // An iPad calls itself a Mac, which has no touch screen.
        if device == Self::Mac && navigator.max_touch_points() > 1 { Self::Ipad } else { device }
    }

    fn of(user_agent: &str) -> Self {
        // The first that is found: phones name what they descend from, too.
        let marks = [
            ("iPhone", Self::Iphone),
            ("iPad", Self::Ipad),
            ("Android", Self::Android),
            ("CrOS", Self::Chromebook),
            ("Windows", Self::Windows),
            ("Macintosh", Self::Mac),
            ("Linux", Self::Linux),
        ];
        marks
            .into_iter()
            .find(|(mark, _)| user_agent.contains(mark))
            .map_or(Self::Unknown, |(_, device)| device)
    }
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

/// Leaves for another site, in place of the page: the way back leads to what was before it.
pub fn replace_with(address: &str) {
    // It fails for what is no address only.
    _ = window().location().replace(address);
}

/// The site of an address; of one that is an application's own, the address.
pub fn site_of(address: &str) -> String {
    let host = Url::new(address).map(|url| url.host()).unwrap_or_default();
    if host.is_empty() { address.to_owned() } else { host }
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

/// Saves a text as a file, where the browser puts downloads.
pub fn save_file(name: &str, media_type: &str, text: &str) {
    // None of this fails for plain text.
    _ = try_save(name, media_type, text);
}

fn try_save(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // Some browsers read it only after the click.
    set_timeout(move || _ = Url::revoke_object_url(&address), SAVED_BY);
    Ok(())
}

/// Leaves for another site; the way back leads to the page.
pub fn go_to(address: &str) {
    // It fails for texts that are no address: then nothing happens.
    _ = window().location().set_href(address);
}

/// Removes what `index.html` shows until the application runs.
pub fn remove_boot_screen() {
    if let Some(screen) = document().get_element_by_id("boot") {
        screen.remove();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_known_by_what_its_browser_calls_itself() {
        for (user_agent, device) in [
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
                Device::Iphone,
            ),
            ("Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0 Mobile Safari/537.36", Device::Android),
            ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/140.0.0.0 Safari/537.36", Device::Chromebook),
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36", Device::Windows),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Firefox/140.0", Device::Mac),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0", Device::Linux),
            ("Lynx", Device::Unknown),
        ] {
            assert_eq!(Device::of(user_agent), device, "{user_agent}");
        }
    }
}
