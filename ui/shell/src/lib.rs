//! Boots the UI in a browser.
//!
//! Lives here: the start, the routes, and the split points by which pages are fetched when they are
//! visited. A module with split points doesn't run until it is split (`cargo xtask build --ui` does
//! that), so everything else is in `ui-app`. To add a page of its own chunk: [`pages`].

mod app;
mod failure;
mod pages;
mod routes;

use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the browser once the module is there.
#[wasm_bindgen(start)]
fn boot() {
    failure::report_panics();
    mount_to_body(app::App);
}
