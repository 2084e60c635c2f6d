//! The list itself: a table where there is room, cards on a phone; and its other states.

use contract::UserSort;
use leptos::prelude::*;

use super::UsersState;
use super::address::UsersAddress;
use super::row::{UserCard, UserRow};
use crate::components::icon::{self, Glyph};
use crate::components::{EmptyState, ListPanel};
use crate::i18n::{TextKey, tr, use_language};
use crate::pages::list::Column;
use crate::state::is_wide_screen;

/// The accounts in sight, or why there are none.
#[component]
pub fn UserList() -> impl IntoView {
    let state: UsersState = expect_context();
    let wide = is_wide_screen();
    view! {
        <ListPanel list=state.users.list() rows=8 empty=|| view! { <Nothing/> }>
            {move || if wide.get() { view! { <Table/> }.into_any() } else { view! { <Cards/> }.into_any() }}
        </ListPanel>
    }
}

#[component]
fn Cards() -> impl IntoView {
    let state: UsersState = expect_context();
    view! {
        <ul>
            <For each=move || state.users.items() key=|user| (user.id, user.version) let:user>
                <UserCard user/>
            </For>
        </ul>
    }
}

#[component]
fn Table() -> impl IntoView {
    let state: UsersState = expect_context();
    view! {
        <div class="overflow-x-auto">
            <table class="w-full text-left">
                <caption class="sr-only">{tr(|t| t.users().title)}</caption>
                <thead class="border-b border-base-300 bg-base-200/60 text-xs text-muted">
                    <tr>
                        <SortableColumn
                            label=|t| t.users().column_name
                            ascending=UserSort::DisplayName
                            descending=UserSort::DisplayNameDescending
                        />
                        <SortableColumn
                            label=|t| t.users().column_email
                            ascending=UserSort::Email
                            descending=UserSort::EmailDescending
                        />
                        <Column label=|t| t.users().column_roles/>
                        <Column label=|t| t.users().column_status/>
                        <SortableColumn
                            label=|t| t.users().column_created
                            ascending=UserSort::CreatedAt
                            descending=UserSort::CreatedAtDescending
                        />
                        <Column label=|t| t.users().column_last_sign_in/>
                        <th scope="col"><span class="sr-only">{tr(|t| t.users().column_actions)}</span></th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || state.users.items() key=|user| (user.id, user.version) let:user>
                        <UserRow user/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

/// A column's title that orders the list by it; again, the other way round.
#[component]
fn SortableColumn(label: TextKey, ascending: UserSort, descending: UserSort) -> impl IntoView {
    let state: UsersState = expect_context();
    let sort = move || state.address.with(|address| address.sort);
    let direction = move || match sort() {
        sort if sort == ascending => "ascending",
        sort if sort == descending => "descending",
        _ => "none",
    };
    let picture = move || match direction() {
        "ascending" => view! { <Glyph icon=icon::CHEVRON_UP class="size-3.5"/> },
        "descending" => view! { <Glyph icon=icon::CHEVRON_DOWN class="size-3.5"/> },
        _ => view! { <Glyph icon=icon::CHEVRONS_UP_DOWN class="size-3.5 opacity-50"/> },
    };
    let reorder = move |_| {
        let sort = if sort() == ascending { descending } else { ascending };
        state.go(&UsersAddress { sort, ..state.address.get_untracked() }.on_first_page());
    };
    view! {
        <th scope="col" class="px-4 py-1 font-medium whitespace-nowrap" aria-sort=direction>
            <button
                type="button"
                class="-mx-1.5 inline-flex cursor-pointer items-center gap-1 rounded-selector px-1.5 py-1.5 hover:text-base-content"
                on:click=reorder
            >
                {tr(label)}
                {picture}
            </button>
        </th>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    let state: UsersState = expect_context();
    let language = use_language();
    let filtered = move || state.address.with(UsersAddress::is_filtered);
    let title = move || {
        let text = language.text().users();
        if filtered() { text.no_match_title } else { text.empty_title }.to_owned()
    };
    let text = move || {
        let text = language.text().users();
        if filtered() { text.no_match_text } else { text.empty_text }.to_owned()
    };
    view! { <EmptyState title=Signal::derive(title) text=Signal::derive(text)/> }
}
