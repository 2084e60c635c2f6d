//! What narrows a list, or orders it.

use leptos::{html, prelude::*};

use crate::components::icon::{self, Glyph};
use crate::i18n::{TextKey, tr};

/// A choice of one value, among options.
#[component]
pub fn Select(
    /// What is chosen.
    label: TextKey,
    /// The value that the address has.
    value: Signal<String>,
    /// Told which other.
    #[prop(into)]
    on_choose: Callback<String>,
    /// The options.
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Select>::new();
    // After the options are there, or the value would find none to select.
    Effect::new(move || {
        let value = value.get();
        if let Some(select) = element.get() {
            select.set_value(&value);
        }
    });
    view! {
        <select
            node_ref=element
            class="select select-sm w-auto min-w-34 flex-1 pr-7 sm:flex-none"
            aria-label=tr(label)
            on:change=move |event| on_choose.run(event_target_value(&event))
        >
            {children()}
        </select>
    }
}

/// Back to the whole list.
#[component]
pub fn ClearFilters(
    /// Told so.
    #[prop(into)]
    on_clear: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="btn btn-ghost btn-sm" on:click=move |_| on_clear.run(())>
            <Glyph icon=icon::X/>
            {tr(|t| t.list().clear)}
        </button>
    }
}
