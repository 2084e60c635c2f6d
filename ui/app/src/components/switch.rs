//! Something that is on or off.

use leptos::prelude::*;

/// A switch. It shows what is in force and doesn't move by itself: who turns it may be asked first.
#[component]
pub fn Switch(
    /// Its id, for its label.
    id: String,
    /// The ids of the texts that name it.
    labelled_by: String,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Turning it.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            id=id
            role="switch"
            class="toggle toggle-primary"
            aria-checked=move || on.get().to_string()
            aria-labelledby=labelled_by
            on:click=move |_| on_press.run(())
        ></button>
    }
}
