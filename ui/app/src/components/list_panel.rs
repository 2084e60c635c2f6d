//! A list, or what stands in its place.

use leptos::prelude::*;

use super::alert::Alert;
use super::loading::RowsSkeleton;
use super::state::ErrorState;
use crate::state::ListState;

/// What is in a list; before that a skeleton, and without it the reason, with a way to try again.
#[component]
pub fn ListPanel(
    /// The list.
    list: ListState,
    /// How many lines stand in for those that are awaited.
    rows: usize,
    /// What is shown of a list without entries.
    #[prop(into)]
    empty: ViewFn,
    /// What it looks like.
    #[prop(default = "panel")]
    class: &'static str,
    /// The entries.
    children: ChildrenFn,
) -> impl IntoView {
    let is_there = Memo::new(move |_| list.length.get().is_some());
    let is_empty = Memo::new(move |_| list.length.get() == Some(0));
    let content = move || match (is_there.get(), is_empty.get()) {
        (true, true) => empty.run(),
        (true, false) => children(),
        (false, _) => match list.error.get() {
            Some(error) => view! { <ErrorState error on_retry=move |()| list.retry()/> }.into_any(),
            None => view! { <RowsSkeleton rows/> }.into_any(),
        },
    };
    // An error over a list that is still there: what is shown is old, and said to be.
    let outdated = Signal::derive(move || list.error.get().filter(|_| is_there.get()));
    view! {
        <div class="mb-3 empty:hidden" class:hidden=move || outdated.with(Option::is_none)>
            <Alert error=outdated/>
        </div>
        <div
            class=format!("{class} overflow-hidden transition-opacity delay-200")
            class=("opacity-60", move || list.pending.get() && is_there.get())
            aria-busy=move || list.pending.get().to_string()
        >
            {content}
        </div>
    }
}
