//! The log itself: a table where there is room, cards on a phone.

use contract::SecurityEvent;
use leptos::prelude::*;

use super::SecurityState;
use super::address::SecurityAddress;
use super::event::{Account, EventCard, Origin, Outcome, What};
use crate::components::icon;
use crate::components::{EmptyState, ListPanel, Timestamp};
use crate::i18n::{tr, use_language};
use crate::pages::list::Column;
use crate::state::is_wide_screen;

/// The events in sight, or why there are none.
#[component]
pub fn EventList() -> impl IntoView {
    let state: SecurityState = expect_context();
    let wide = is_wide_screen();
    view! {
        <ListPanel list=state.events.list() rows=8 empty=|| view! { <Nothing/> }>
            {move || if wide.get() { view! { <Table/> }.into_any() } else { view! { <Cards/> }.into_any() }}
        </ListPanel>
    }
}

#[component]
fn Table() -> impl IntoView {
    let state: SecurityState = expect_context();
    view! {
        <div class="overflow-x-auto">
            <table class="w-full text-left">
                <caption class="sr-only">{tr(|t| t.security().title)}</caption>
                <thead class="border-b border-base-300 bg-base-200/60 text-xs text-muted">
                    <tr>
                        <Column label=|t| t.security().column_at/>
                        <Column label=|t| t.security().column_what/>
                        <Column label=|t| t.security().column_outcome/>
                        <Column label=|t| t.security().column_account/>
                        <Column label=|t| t.security().column_origin/>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || state.events.items() key=|event| event.id let:event>
                        <EventRow event/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn EventRow(event: SecurityEvent) -> impl IntoView {
    view! {
        <tr class="border-b border-base-300 align-top last:border-0 hover:bg-base-200/60 [&>*]:px-4 [&>*]:py-3">
            <td class="text-muted"><Timestamp at=event.at/></td>
            <th scope="row" class="font-normal"><What event=event.clone()/></th>
            <td><Outcome outcome=event.outcome reason=event.details.reason/></td>
            <td class="min-w-60"><Account event=event.clone()/></td>
            <td class="text-muted"><Origin event/></td>
        </tr>
    }
}

#[component]
fn Cards() -> impl IntoView {
    let state: SecurityState = expect_context();
    view! {
        <ul>
            <For each=move || state.events.items() key=|event| event.id let:event>
                <EventCard event=event.clone()><Account event/></EventCard>
            </For>
        </ul>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    let state: SecurityState = expect_context();
    let language = use_language();
    let filtered = move || state.address.with(SecurityAddress::is_filtered);
    let title = move || {
        let text = language.text().security();
        if filtered() { text.no_match_title } else { text.empty_title }.to_owned()
    };
    let text = move || {
        let text = language.text().security();
        if filtered() { text.no_match_text } else { text.empty_text }.to_owned()
    };
    view! {
        <EmptyState icon=icon::SHIELD_CHECK title=Signal::derive(title) text=Signal::derive(text)/>
    }
}
