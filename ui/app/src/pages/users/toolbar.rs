//! Search, filters and, on a phone, the order.

use contract::{Page, Permission, Role, RoleName, UserSort, UserStatus};
use leptos::prelude::*;

use super::UsersState;
use super::address::UsersAddress;
use crate::i18n::tr;
use crate::pages::list::{ClearFilters, SearchField, Select};
use crate::state::{Member, Query, is_wide_screen};

/// What narrows the list.
#[component]
pub fn Toolbar() -> impl IntoView {
    let state: UsersState = expect_context();
    let wide = is_wide_screen();
    view! {
        <div class="mb-3 flex flex-wrap items-center gap-2" role="search">
            <Search/>
            <StatusFilter/>
            <RoleFilter/>
            <Show when=move || !wide.get()>
                <SortSelect/>
            </Show>
            <Show when=move || state.address.with(UsersAddress::is_filtered)>
                <ClearFilters on_clear=move |()| {
                    let sort = state.address.with_untracked(|address| address.sort);
                    state.go(&UsersAddress { sort, ..UsersAddress::default() });
                }/>
            </Show>
        </div>
    }
}

#[component]
fn Search() -> impl IntoView {
    let state: UsersState = expect_context();
    let search = move |search| {
        state.replace(&UsersAddress { search, ..state.address.get_untracked() }.on_first_page());
    };
    view! {
        <SearchField
            label=|t| t.users().search
            value=Signal::derive(move || state.address.with(|address| address.search.clone()))
            on_search=search
        />
    }
}

#[component]
fn StatusFilter() -> impl IntoView {
    let state: UsersState = expect_context();
    let value =
        move || state.address.with(|address| address.status.map_or("", UserStatus::as_str).to_owned());
    let choose = move |value: String| {
        let status = UserStatus::parse(&value).ok();
        state.go(&UsersAddress { status, ..state.address.get_untracked() }.on_first_page());
    };
    view! {
        <Select label=|t| t.users().filter_status value=Signal::derive(value) on_choose=choose>
            <option value="">{tr(|t| t.users().any_status)}</option>
            <option value="active">{tr(|t| t.users().active)}</option>
            <option value="locked">{tr(|t| t.users().locked)}</option>
        </Select>
    }
}

/// Offered to those who may see the roles; a role that is in the address is offered anyway.
#[component]
fn RoleFilter() -> impl IntoView {
    let state: UsersState = expect_context();
    let member: Member = expect_context();
    let roles = Query::<Page<Role>>::new(member, move || {
        member.may(Permission::RolesRead).then(|| "/api/core/v1/roles".to_owned())
    });
    let chosen = move || state.address.with(|address| address.role.clone());
    let names = Memo::new(move |_| {
        let known = roles
            .data
            .with(|page| page.iter().flat_map(|page| &page.items).map(|role| role.name.clone()).collect());
        with_chosen(known, chosen())
    });
    let choose = move |value: String| {
        let role = RoleName::parse(&value).ok();
        state.go(&UsersAddress { role, ..state.address.get_untracked() }.on_first_page());
    };
    let value = Signal::derive(move || chosen().map(|role| role.to_string()).unwrap_or_default());
    view! {
        <Show when=move || !names.with(Vec::is_empty)>
            <Select label=|t| t.users().filter_role value on_choose=choose>
                <option value="">{tr(|t| t.users().any_role)}</option>
                <For each=move || names.get() key=RoleName::to_string let:role>
                    <option value=role.to_string() selected=chosen().as_ref() == Some(&role)>{role.to_string()}</option>
                </For>
            </Select>
        </Show>
    }
}

fn with_chosen(mut known: Vec<RoleName>, chosen: Option<RoleName>) -> Vec<RoleName> {
    if let Some(chosen) = chosen.filter(|chosen| !known.contains(chosen)) {
        known.push(chosen);
    }
    known.sort();
    known
}

#[component]
fn SortSelect() -> impl IntoView {
    let state: UsersState = expect_context();
    let value = move || state.address.with(|address| address.sort.as_str().to_owned());
    let choose = move |value: String| {
        let sort = UserSort::parse(&value).unwrap_or_default();
        state.go(&UsersAddress { sort, ..state.address.get_untracked() }.on_first_page());
    };
    view! {
        <Select label=|t| t.users().sort value=Signal::derive(value) on_choose=choose>
            <option value="-created_at">{tr(|t| t.users().sort_newest)}</option>
            <option value="created_at">{tr(|t| t.users().sort_oldest)}</option>
            <option value="display_name">{tr(|t| t.users().sort_name)}</option>
            <option value="-display_name">{tr(|t| t.users().sort_name_descending)}</option>
            <option value="email">{tr(|t| t.users().sort_email)}</option>
            <option value="-email">{tr(|t| t.users().sort_email_descending)}</option>
        </Select>
    }
}
