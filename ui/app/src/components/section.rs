//! A part of a page: what it is about at the side, or above it on a phone.

use leptos::prelude::*;

use crate::i18n::{TextKey, tr};

/// A panel with a title and a line about it.
#[component]
pub fn Section(
    /// The title's id.
    id: &'static str,
    /// The title.
    title: TextKey,
    /// The line.
    text: TextKey,
    /// The part.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="panel grid gap-5 p-5 md:grid-cols-[14rem_minmax(0,1fr)] md:p-6" aria-labelledby=id>
            <div>
                <h2 id=id class="font-semibold">{tr(title)}</h2>
                <p class="mt-1 text-xs text-pretty text-muted">{tr(text)}</p>
            </div>
            <div class="min-w-0">{children()}</div>
        </section>
    }
}
