//! The outbox: what Matrice has written to whom.

mod address;
mod list;
mod reader;
mod text;
mod toolbar;

use contract::{OutboxMail, Page, Permission};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::list::{Navigator, Paging};
use crate::components::{EmptyState, ForbiddenState, PageHeading};
use crate::i18n::{tr, words};
use crate::state::{Member, Query};
use address::MailsAddress;
use list::MailList;
use reader::MailReader;
use toolbar::Toolbar;

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
    navigator: Navigator,
}

impl MailsState {
    fn go(self, address: &MailsAddress) {
        self.navigator.go(&address.to_path());
    }

    fn replace(self, address: &MailsAddress) {
        self.navigator.replace(&address.to_path());
    }

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
    let state = MailsState {
        address,
        mails: Query::new(member, move || address.with(MailsAddress::to_api_path)),
        mail: RwSignal::new(None),
        reading: RwSignal::new(false),
        navigator: Navigator::new(),
    };
    provide_context(state);
    view! {
        <Toolbar/>
        <Show when=move || address.with(MailsAddress::is_whole) fallback=|| view! { <Partial/> }>
            <MailList/>
            <Paging
                list=state.mails.list()
                first_page=Signal::derive(move || address.get().on_first_page().to_path())
                cursor=Signal::derive(move || address.with(|address| address.cursor.clone()))
                shown=|t| t.mails().shown
                on_turn=move |cursor| state.go(&MailsAddress { cursor, ..address.get_untracked() })
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
