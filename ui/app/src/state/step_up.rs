//! Proving again who one is, before what a thief of the session would want.

use js_sys::{Function, Promise};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The question, and the requests that wait for its outcome.
#[derive(Clone, Copy)]
pub struct StepUp {
    /// Whether it is on the screen; closing it is an answer, too.
    pub open: RwSignal<bool>,
    waiting: StoredValue<Vec<Function>, LocalStorage>,
}

impl StepUp {
    /// Nothing asked yet.
    pub fn new() -> Self {
        Self { open: RwSignal::new(false), waiting: StoredValue::new_local(Vec::new()) }
    }

    /// Asks, once for however many requests need it at the same time; answers whether the proof was given.
    pub async fn ask(self) -> bool {
        let outcome = Promise::new(&mut |resolve, _| {
            self.waiting.try_update_value(|waiting| waiting.push(resolve));
        });
        self.open.try_set(true);
        JsFuture::from(outcome).await.is_ok_and(|proven| proven.is_truthy())
    }

    /// Tells those who wait, and takes the question away.
    pub fn settle(self, proven: bool) {
        // Setting it again would ask who follows it to settle again.
        if self.open.get_untracked() {
            self.open.set(false);
        }
        for resolve in self.waiting.try_update_value(std::mem::take).unwrap_or_default() {
            // Resolving a promise cannot throw.
            _ = resolve.call1(&JsValue::NULL, &proven.into());
        }
    }
}

impl Default for StepUp {
    fn default() -> Self {
        Self::new()
    }
}
