//! Matrice's mark and name.

use leptos::prelude::*;

/// The mark, as in `favicon.svg`, with the name beside it.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <span class="inline-flex items-center gap-2.5 text-base font-semibold tracking-tight">
            <svg class="size-7 text-primary" viewBox="0 0 32 32" aria-hidden="true">
                <rect width="32" height="32" rx="8" fill="currentColor"/>
                <g class="fill-primary-content">
                    <rect x="8" y="8" width="4" height="16" rx="2"/>
                    <rect x="20" y="8" width="4" height="16" rx="2"/>
                    <circle cx="16" cy="13" r="2"/>
                    <circle cx="16" cy="19" r="2" opacity="0.55"/>
                </g>
            </svg>
            "Matrice"
        </span>
    }
}
