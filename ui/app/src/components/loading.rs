//! What stands in while an answer is awaited: of the size of what will come, and only after 200 ms.

use leptos::prelude::*;

use crate::i18n::tr;

/// Lines of a list.
#[component]
pub fn RowsSkeleton(
    /// How many.
    rows: usize,
) -> impl IntoView {
    let lines: Vec<_> = (0..rows)
        .map(|_| {
            view! {
                <div class="flex h-14 items-center gap-3 border-b border-base-300 px-4 last:border-0">
                    <span class="size-8 shrink-0 rounded-full bg-base-300"></span>
                    <span class="skeleton-line w-40"></span>
                    <span class="skeleton-line hidden w-24 md:block"></span>
                    <span class="skeleton-line ml-auto hidden w-16 md:block"></span>
                </div>
            }
        })
        .collect();
    view! {
        <div class="late" role="status">
            <span class="sr-only">{tr(|t| t.common().loading)}</span>
            <div class="animate-pulse" aria-hidden="true">{lines}</div>
        </div>
    }
}

/// A card with a few lines.
#[component]
pub fn CardSkeleton(
    /// What it looks like.
    #[prop(default = "panel p-5")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <div class=format!("{class} late") role="status">
            <span class="sr-only">{tr(|t| t.common().loading)}</span>
            <div class="animate-pulse space-y-4" aria-hidden="true">
                <span class="skeleton-line w-1/3"></span>
                <span class="skeleton-line w-2/3"></span>
                <span class="skeleton-line w-1/2"></span>
            </div>
        </div>
    }
}
