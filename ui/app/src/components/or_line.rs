//! Between one way and another.

use leptos::prelude::*;

use crate::i18n::tr;

/// A line with "or" in its middle.
#[component]
pub fn OrLine() -> impl IntoView {
    view! {
        <div class="flex items-center gap-3 text-xs text-muted">
            <hr class="flex-1 border-base-300"/>
            {tr(|t| t.common().or)}
            <hr class="flex-1 border-base-300"/>
        </div>
    }
}
