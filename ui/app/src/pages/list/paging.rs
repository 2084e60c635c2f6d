//! From page to page.

use leptos::prelude::*;

use crate::components::icon::{self, Glyph};
use crate::i18n::{Text, tr, use_language};
use crate::state::ListState;

/// How many entries are in sight, and the ways to the others.
///
/// Cursors lead forward only. The way back is known for the pages that one has come through; after a
/// link into the middle of a list there is the first page.
#[component]
pub fn Paging(
    /// The page in sight.
    list: ListState,
    /// The list's first page, which tells it from other lists.
    #[prop(into)]
    first_page: Signal<String>,
    /// Where the page in sight begins; the first one where absent.
    #[prop(into)]
    cursor: Signal<Option<String>>,
    /// How many entries there are, in words.
    shown: fn(Text) -> fn(usize) -> String,
    /// Told where the page to go to begins.
    #[prop(into)]
    on_turn: Callback<Option<String>>,
) -> impl IntoView {
    let language = use_language();
    let trail = RwSignal::new(Trail::default());
    Effect::new(move || {
        let (list, cursor) = (first_page.get(), cursor.get());
        trail.update(|trail| trail.visit(list, cursor));
    });
    let next = move || list.next_cursor.get();
    let previous = move || trail.with(|trail| trail.previous().cloned());
    let deep = move || cursor.with(Option::is_some);
    let count = move || {
        let count = list.length.get().filter(|count| *count > 0);
        count.map(|count| shown(language.text())(count))
    };
    view! {
        <div class="mt-3 flex min-h-8 flex-wrap items-center justify-between gap-3">
            <p class="text-xs text-muted" role="status">{count}</p>
            <Show when=move || deep() || next().is_some()>
                <nav class="flex gap-2" aria-label=tr(|t| t.list().pages)>
                    <Show
                        when=move || deep() && previous().is_none()
                        fallback=move || {
                            view! {
                                <button
                                    type="button"
                                    class="btn btn-sm"
                                    disabled=move || !deep()
                                    on:click=move |_| on_turn.run(previous().flatten())
                                >
                                    <Glyph icon=icon::CHEVRON_LEFT/>
                                    {tr(|t| t.list().previous)}
                                </button>
                            }
                        }
                    >
                        <button type="button" class="btn btn-sm" on:click=move |_| on_turn.run(None)>
                            <Glyph icon=icon::CHEVRON_LEFT/>
                            {tr(|t| t.list().first_page)}
                        </button>
                    </Show>
                    <button
                        type="button"
                        class="btn btn-sm"
                        disabled=move || next().is_none()
                        on:click=move |_| on_turn.run(next())
                    >
                        {tr(|t| t.list().next)}
                        <Glyph icon=icon::CHEVRON_RIGHT/>
                    </button>
                </nav>
            </Show>
        </div>
    }
}

/// The pages of one list that one has come through, by their cursors, the present one last.
#[derive(Debug, Default)]
struct Trail {
    list: String,
    cursors: Vec<Option<String>>,
}

impl Trail {
    /// Another list begins a new trail; a page on the trail cuts off what came after it.
    fn visit(&mut self, list: String, cursor: Option<String>) {
        if self.list != list {
            *self = Self { list, cursors: Vec::new() };
        }
        if let Some(index) = self.cursors.iter().position(|visited| *visited == cursor) {
            self.cursors.truncate(index);
        }
        self.cursors.push(cursor);
    }

    /// Where the page before begins, if one has come through it.
    fn previous(&self) -> Option<&Option<String>> {
        self.cursors.iter().rev().nth(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(trail: &mut Trail, list: &str, cursor: Option<&str>) {
        trail.visit(list.to_owned(), cursor.map(str::to_owned));
    }

    #[test]
    fn back_is_where_one_came_from() {
        let mut trail = Trail::default();
        for cursor in [None, Some("2"), Some("3")] {
            visit(&mut trail, "/users", cursor);
        }
        assert_eq!(trail.previous(), Some(&Some("2".to_owned())));
        visit(&mut trail, "/users", Some("2"));
        assert_eq!(trail.previous(), Some(&None));
        visit(&mut trail, "/users", None);
        assert_eq!(trail.previous(), None);
    }

    #[test]
    fn another_list_has_no_way_back() {
        let mut trail = Trail::default();
        visit(&mut trail, "/users", None);
        visit(&mut trail, "/users", Some("2"));
        visit(&mut trail, "/users?q=ada", None);
        assert_eq!(trail.previous(), None);
    }

    #[test]
    fn a_link_into_the_middle_has_no_way_back() {
        let mut trail = Trail::default();
        visit(&mut trail, "/users", Some("5"));
        assert_eq!(trail.previous(), None);
    }
}
