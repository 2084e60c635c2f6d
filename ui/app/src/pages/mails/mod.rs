//! The outbox: what Matrice has written to whom.

mod address;
mod list;
mod reader;
mod text;

use contract::{OutboxMail, Page, Permission};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::list::{Navigator, Paging, SearchField};
use crate::components::{EmptyState, ForbiddenState, PageHeading};
use crate::i18n::{tr, words};
use crate::state::{Member, Query};
use address::MailsAddress;
use list::MailList;
use reader::MailReader;

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct MailsState {
    /// What is being looked at.
    address: Memo<MailsAddress>,
    /// The mails in sight.
    mails: Query<Page<OutboxMail>>,
    /// The mail that is being read, or was last.
    mail: RwSignal<Option<OutboxMail>>,
    /// Whether it is.
    reading: RwSignal<bool>,
}

impl MailsState {
    fn read(self, mail: OutboxMail) {
        self.mail.set(Some(mail));
        self.reading.set(true);
    }
}

/// The page, for those who may see it.
#[component]
pub fn MailsPage() -> impl IntoView {
    let member: Member = expect_context();
    view! {
        <div class="mb-5">
            <PageHeading title=words(|t| t.mails().title)/>
            <p class="mt-1 text-muted">{tr(|t| t.mails().lead)}</p>
        </div>
        {move || match member.require(Permission::MailRead) {
            Ok(()) => view! { <MailsContent/> }.into_any(),
            Err(denied) => view! { <ForbiddenState denied/> }.into_any(),
        }}
    }
}

#[component]
fn MailsContent() -> impl IntoView {
    let member: Member = expect_context();
    let search = use_location().search;
    let address = Memo::new(move |_| MailsAddress::parse(&search.get()));
    let navigator = Navigator::new();
    let state = MailsState {
        address,
        mails: Query::new(member, move || address.with(MailsAddress::to_api_path)),
        mail: RwSignal::new(None),
        reading: RwSignal::new(false),
    };
    provide_context(state);
    view! {
        <div class="mb-3" role="search">
            <SearchField
                label=|t| t.mails().search
                value=Signal::derive(move || address.with(|address| address.recipient.clone()))
                on_search=move |recipient| {
                    navigator.replace(&MailsAddress { recipient, cursor: None }.to_path());
                }
            />
        </div>
        <Show when=move || address.with(MailsAddress::is_whole) fallback=|| view! { <Partial/> }>
            <MailList/>
            <Paging
                list=state.mails.list()
                first_page=Signal::derive(move || address.get().on_first_page().to_path())
                cursor=Signal::derive(move || address.with(|address| address.cursor.clone()))
                shown=|t| t.mails().shown
                on_turn=move |cursor| {
                    navigator.go(&MailsAddress { cursor, ..address.get_untracked() }.to_path());
                }
            />
        </Show>
        <MailReader/>
    }
}

/// Nothing is looked for until the address is whole.
#[component]
fn Partial() -> impl IntoView {
    view! {
        <div class="panel">
            <EmptyState title=words(|t| t.mails().partial_title) text=words(|t| t.mails().partial_text)/>
        </div>
    }
}
