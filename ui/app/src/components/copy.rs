//! Taking a text elsewhere.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::icon::{self, Glyph};
use crate::browser;
use crate::i18n::{TextKey, tr, use_language};
use crate::state::Toasts;

/// Copies a text, and says whether that went well.
#[component]
pub fn CopyButton(
    /// Its word.
    label: TextKey,
    /// What is copied.
    text: String,
    /// Its looks.
    #[prop(default = "")]
    class: &'static str,
) -> impl IntoView {
    let language = use_language();
    let toasts: Toasts = expect_context();
    let text = StoredValue::new(text);
    let copy = move |_| {
        spawn_local(async move {
            let copied = browser::copy(&text.get_value()).await;
            let words = language.text_untracked().common();
            if copied { toasts.success(words.copied) } else { toasts.failure(words.copy_failed) }
        });
    };
    view! {
        <button type="button" class=format!("btn btn-sm {class}") on:click=copy>
            <Glyph icon=icon::COPY/>
            {tr(label)}
        </button>
    }
}
