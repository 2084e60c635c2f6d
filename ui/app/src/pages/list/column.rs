//! Columns of a list's table.

use leptos::prelude::*;

use crate::i18n::{TextKey, tr};

/// A column's title.
#[component]
pub fn Column(
    /// The title.
    label: TextKey,
) -> impl IntoView {
    view! { <th scope="col" class="px-4 py-2.5 font-medium whitespace-nowrap">{tr(label)}</th> }
}
