//! What narrows the log.

use contract::{Permission, SecurityEventKind, SecurityOutcome, User, UserId};
use leptos::prelude::*;

use super::SecurityState;
use super::address::SecurityAddress;
use crate::components::icon::{self, Glyph};
use crate::i18n::{tr, use_language};
use crate::pages::list::{ClearFilters, Select};
use crate::state::{Member, Query};

/// The filters.
#[component]
pub fn Toolbar() -> impl IntoView {
    let state: SecurityState = expect_context();
    let user = Memo::new(move |_| state.address.with(|address| address.user));
    view! {
        <div class="mb-3 flex flex-wrap items-center gap-2" role="search">
            <KindFilter/>
            <OutcomeFilter/>
            {move || user.get().map(|id| view! { <AccountFilter id/> })}
            <Show when=move || state.address.with(SecurityAddress::is_filtered)>
                <ClearFilters on_clear=move |()| state.go(&SecurityAddress::default())/>
            </Show>
        </div>
    }
}

#[component]
fn KindFilter() -> impl IntoView {
    let state: SecurityState = expect_context();
    let language = use_language();
    let value =
        move || state.address.with(|address| address.kind.map_or("", SecurityEventKind::as_str).to_owned());
    let choose = move |value: String| {
        let kind = SecurityEventKind::parse(&value).ok();
        state.go(&SecurityAddress { kind, ..state.address.get_untracked() }.on_first_page());
    };
    let options: Vec<_> = SecurityEventKind::ALL
        .iter()
        .map(|kind| {
            view! {
                <option value=kind.as_str()>{move || (language.text().security().kind)(*kind)}</option>
            }
        })
        .collect();
    view! {
        <Select label=|t| t.security().filter_kind value=Signal::derive(value) on_choose=choose>
            <option value="">{tr(|t| t.security().any_kind)}</option>
            {options}
        </Select>
    }
}

#[component]
fn OutcomeFilter() -> impl IntoView {
    let state: SecurityState = expect_context();
    let value =
        move || state.address.with(|address| address.outcome.map_or("", SecurityOutcome::as_str).to_owned());
    let choose = move |value: String| {
        let outcome = SecurityOutcome::parse(&value).ok();
        state.go(&SecurityAddress { outcome, ..state.address.get_untracked() }.on_first_page());
    };
    view! {
        <Select label=|t| t.security().filter_outcome value=Signal::derive(value) on_choose=choose>
            <option value="">{tr(|t| t.security().any_outcome)}</option>
            <option value="success">{tr(|t| t.security().success)}</option>
            <option value="refused">{tr(|t| t.security().refused)}</option>
        </Select>
    }
}

/// The one account that it is about, by its name where the reader may see that, and the way to all.
#[component]
fn AccountFilter(id: UserId) -> impl IntoView {
    let state: SecurityState = expect_context();
    let member: Member = expect_context();
    let user = Query::<User>::new(member, move || {
        member.may(Permission::UsersRead).then(|| format!("/api/core/v1/users/{id}"))
    });
    let name = move || {
        let name = user.data.with(|user| user.as_ref().map(|user| user.display_name.to_string()));
        name.unwrap_or_else(|| id.to_string())
    };
    let clear = move |_| {
        state.go(&SecurityAddress { user: None, ..state.address.get_untracked() }.on_first_page());
    };
    view! {
        <span class="inline-flex h-8 max-w-full items-center gap-1 rounded-field border border-primary/50 bg-primary/10 pl-3 font-medium text-primary">
            <span class="truncate">{tr(|t| t.security().of_account)} " " {name}</span>
            <button
                type="button"
                class="btn btn-ghost btn-sm btn-square"
                aria-label=tr(|t| t.security().all_accounts)
                title=tr(|t| t.security().all_accounts)
                on:click=clear
            >
                <Glyph icon=icon::X/>
            </button>
        </span>
    }
}
