//! The field that narrows a list.

use std::time::Duration;

use leptos::{html, prelude::*};

use crate::components::icon::{self, Glyph};
use crate::i18n::{TextKey, tr};

/// How long typing must pause before it is searched for.
const PAUSE: Duration = Duration::from_millis(250);

/// What is searched for.
#[component]
pub fn SearchField(
    /// By what.
    label: TextKey,
    /// What the address has.
    #[prop(into)]
    value: Signal<String>,
    /// Told, after a pause, what else is to be searched for.
    #[prop(into)]
    on_search: Callback<String>,
) -> impl IntoView {
    let element = NodeRef::<html::Input>::new();
    // The address may change under the field (back button, cleared filters); while somebody types, the
    // field is ahead of it.
    Effect::new(move || {
        let value = value.get();
        if let Some(input) = element.get().filter(|input| input.value().trim() != value) {
            input.set_value(&value);
        }
    });
    // The page may be gone by the end of the pause, and what it had with it.
    let search = debounce(PAUSE, move |text: String| {
        let text = text.trim();
        if value.try_get_untracked().is_some_and(|value| value != text) {
            on_search.try_run(text.to_owned());
        }
    });
    let search = StoredValue::new_local(search);
    view! {
        <label class="input input-sm w-full sm:w-72">
            <Glyph icon=icon::SEARCH class="size-4 shrink-0 text-muted"/>
            <input
                node_ref=element
                type="search"
                name="q"
                autocomplete="off"
                spellcheck="false"
                aria-label=tr(label)
                placeholder=tr(label)
                on:input=move |event| search.update_value(|search| search(event_target_value(&event)))
            />
        </label>
    }
}
