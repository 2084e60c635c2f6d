//! What narrows the outbox.

use contract::MailState;
use leptos::prelude::*;

use super::MailsState;
use super::address::MailsAddress;
use crate::components::mail_state_label;
use crate::i18n::tr;
use crate::pages::list::{ClearFilters, SearchField, Select};

/// The filters.
#[component]
pub fn Toolbar() -> impl IntoView {
    let state: MailsState = expect_context();
    let search = move |recipient| {
        state.replace(&MailsAddress { recipient, ..state.address.get_untracked() }.on_first_page());
    };
    view! {
        <div class="mb-3 flex flex-wrap items-center gap-2" role="search">
            <SearchField
                label=|t| t.mails().search
                value=Signal::derive(move || state.address.with(|address| address.recipient.clone()))
                on_search=search
            />
            <StateFilter/>
            <Show when=move || state.address.with(MailsAddress::is_filtered)>
                <ClearFilters on_clear=move |()| state.go(&MailsAddress::default())/>
            </Show>
        </div>
    }
}

#[component]
fn StateFilter() -> impl IntoView {
    let state: MailsState = expect_context();
    let value = move || state.address.with(|address| address.state.map_or("", MailState::as_str).to_owned());
    let choose = move |value: String| {
        let chosen = MailState::parse(&value).ok();
        state.go(&MailsAddress { state: chosen, ..state.address.get_untracked() }.on_first_page());
    };
    let options: Vec<_> = MailState::ALL
        .iter()
        .map(|state| view! { <option value=state.as_str()>{tr(mail_state_label(*state))}</option> })
        .collect();
    view! {
        <Select label=|t| t.mails().filter_state value=Signal::derive(value) on_choose=choose>
            <option value="">{tr(|t| t.mails().any_state)}</option>
            {options}
        </Select>
    }
}
