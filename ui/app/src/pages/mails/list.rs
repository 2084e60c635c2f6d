//! The list itself: a table where there is room, cards on a phone.

use contract::{MailState, OutboxMail};
use leptos::prelude::*;
use uuid::Uuid;

use super::MailsState;
use super::address::MailsAddress;
use crate::components::{EmptyState, ListPanel, MailStateBadge, Timestamp};
use crate::i18n::{tr, use_language};
use crate::pages::list::Column;
use crate::state::is_wide_screen;

/// The mails in sight, or why there are none.
#[component]
pub fn MailList() -> impl IntoView {
    let state: MailsState = expect_context();
    let wide = is_wide_screen();
    view! {
        <ListPanel list=state.mails.list() rows=8 empty=|| view! { <Nothing/> }>
            {move || if wide.get() { view! { <Table/> }.into_any() } else { view! { <Cards/> }.into_any() }}
        </ListPanel>
    }
}

/// A mail that has moved on is shown anew.
fn progress(mail: &OutboxMail) -> (Uuid, MailState, u32) {
    (mail.id, mail.state, mail.attempts)
}

#[component]
fn Table() -> impl IntoView {
    let state: MailsState = expect_context();
    view! {
        <div class="overflow-x-auto">
            <table class="w-full text-left">
                <caption class="sr-only">{tr(|t| t.mails().title)}</caption>
                <thead class="border-b border-base-300 bg-base-200/60 text-xs text-muted">
                    <tr>
                        <Column label=|t| t.mails().column_recipient/>
                        <Column label=|t| t.mails().column_subject/>
                        <Column label=|t| t.mails().column_state/>
                        <Column label=|t| t.mails().column_created/>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || state.mails.items() key=progress let:mail>
                        <MailRow mail/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn MailRow(mail: OutboxMail) -> impl IntoView {
    view! {
        <tr class="h-13 border-b border-base-300 last:border-0 hover:bg-base-200/60">
            <td class="max-w-64 truncate px-4 py-2">{mail.recipient.to_string()}</td>
            <th scope="row" class="max-w-80 px-4 py-2 font-medium"><OpenButton mail=mail.clone()/></th>
            <td class="px-4 py-2"><MailStateBadge state=mail.state/></td>
            <td class="px-4 py-2 text-muted"><Timestamp at=mail.created_at/></td>
        </tr>
    }
}

#[component]
fn Cards() -> impl IntoView {
    let state: MailsState = expect_context();
    view! {
        <ul>
            <For each=move || state.mails.items() key=progress let:mail>
                <MailCard mail/>
            </For>
        </ul>
    }
}

#[component]
fn MailCard(mail: OutboxMail) -> impl IntoView {
    view! {
        <li class="border-b border-base-300 p-4 last:border-0">
            <div class="font-medium"><OpenButton mail=mail.clone()/></div>
            <p class="mt-1 truncate text-xs text-muted">{mail.recipient.to_string()}</p>
            <p class="mt-1 flex flex-wrap gap-x-3 text-xs text-muted">
                <MailStateBadge state=mail.state/>
                <Timestamp at=mail.created_at/>
            </p>
        </li>
    }
}

/// The subject, which opens its mail.
#[component]
fn OpenButton(mail: OutboxMail) -> impl IntoView {
    let state: MailsState = expect_context();
    let subject = mail.subject.clone();
    view! {
        <button
            type="button"
            class="block max-w-full cursor-pointer truncate text-left hover:text-primary hover:underline"
            aria-haspopup="dialog"
            on:click=move |_| state.read(mail.clone())
        >
            {subject}
        </button>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    let state: MailsState = expect_context();
    let language = use_language();
    let filtered = move || state.address.with(MailsAddress::is_filtered);
    let title = move || {
        let text = language.text().mails();
        if filtered() { text.no_match_title } else { text.empty_title }.to_owned()
    };
    let text = move || {
        let text = language.text().mails();
        if filtered() { text.no_match_text } else { text.empty_text }.to_owned()
    };
    view! { <EmptyState title=Signal::derive(title) text=Signal::derive(text)/> }
}
