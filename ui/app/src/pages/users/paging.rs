//! From page to page.

use leptos::prelude::*;

use super::UsersState;
use super::address::UsersAddress;
use crate::components::icon::{self, Glyph};
use crate::i18n::{tr, use_language};

/// How many accounts are in sight, and the ways to the others.
///
/// Cursors lead forward only. The way back is known for the pages that one has come through; after a
/// link into the middle of a list there is the first page.
#[component]
pub fn Paging() -> impl IntoView {
    let state: UsersState = expect_context();
    let language = use_language();
    let trail = RwSignal::new(Trail::default());
    Effect::new(move || {
        let address = state.address.get();
        trail.update(|trail| trail.visit(address));
    });
    let next = move || state.users.data.with(|page| page.as_ref().and_then(|page| page.next_cursor.clone()));
    let previous = move || trail.with(Trail::previous);
    let deep = move || state.address.with(|address| address.cursor.is_some());
    let count = move || {
        let count = state.users.data.with(|page| page.as_ref().map(|page| page.items.len()));
        count.filter(|count| *count > 0).map(|count| (language.text().users.shown)(count))
    };
    let go_to = move |cursor: Option<String>| {
        state.go(&UsersAddress { cursor, ..state.address.get_untracked() });
    };
    view! {
        <div class="mt-3 flex min-h-8 flex-wrap items-center justify-between gap-3">
            <p class="text-xs text-muted" role="status">{count}</p>
            <Show when=move || deep() || next().is_some()>
                <nav class="flex gap-2" aria-label=tr(|t| t.users.pages)>
                    <Show
                        when=move || deep() && previous().is_none()
                        fallback=move || {
                            view! {
                                <button
                                    type="button"
                                    class="btn btn-sm"
                                    disabled=move || !deep()
                                    on:click=move |_| go_to(previous().and_then(|address| address.cursor))
                                >
                                    <Glyph icon=icon::CHEVRON_LEFT/>
                                    {tr(|t| t.users.previous)}
                                </button>
                            }
                        }
                    >
                        <button type="button" class="btn btn-sm" on:click=move |_| go_to(None)>
                            <Glyph icon=icon::CHEVRON_LEFT/>
                            {tr(|t| t.users.first_page)}
                        </button>
                    </Show>
                    <button
                        type="button"
                        class="btn btn-sm"
                        disabled=move || next().is_none()
                        on:click=move |_| go_to(next())
                    >
                        {tr(|t| t.users.next)}
                        <Glyph icon=icon::CHEVRON_RIGHT/>
                    </button>
                </nav>
            </Show>
        </div>
    }
}

/// The pages of one list that one has come through, the present one last.
#[derive(Debug, Default)]
struct Trail(Vec<UsersAddress>);

impl Trail {
    /// Another list begins a new trail; a page on the trail cuts off what came after it.
    fn visit(&mut self, address: UsersAddress) {
        let list = address.clone().on_first_page();
        self.0.retain(|visited| visited.clone().on_first_page() == list);
        if let Some(index) = self.0.iter().position(|visited| *visited == address) {
            self.0.truncate(index);
        }
        self.0.push(address);
    }

    fn previous(&self) -> Option<UsersAddress> {
        self.0.iter().rev().nth(1).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(search: &str, cursor: Option<&str>) -> UsersAddress {
        UsersAddress { search: search.into(), cursor: cursor.map(Into::into), ..UsersAddress::default() }
    }

    #[test]
    fn back_is_where_one_came_from() {
        let mut trail = Trail::default();
        for cursor in [None, Some("2"), Some("3")] {
            trail.visit(at("", cursor));
        }
        assert_eq!(trail.previous(), Some(at("", Some("2"))));
        trail.visit(at("", Some("2")));
        assert_eq!(trail.previous(), Some(at("", None)));
    }

    #[test]
    fn another_list_has_no_way_back() {
        let mut trail = Trail::default();
        trail.visit(at("", None));
        trail.visit(at("", Some("2")));
        trail.visit(at("ada", None));
        assert_eq!(trail.previous(), None);
    }

    #[test]
    fn a_link_into_the_middle_has_no_way_back() {
        let mut trail = Trail::default();
        trail.visit(at("", Some("5")));
        assert_eq!(trail.previous(), None);
    }
}
