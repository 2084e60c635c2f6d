//! The security log: what happened to accounts, and, for everybody, what of it happened to theirs.

mod activity;
mod address;
mod event;
mod list;
mod toolbar;

use contract::{Page, Permission, SecurityEvent, UserId};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::list::{Navigator, Paging};
use crate::components::icon::{self, Glyph};
use crate::components::{ForbiddenState, PageHeading};
use crate::i18n::{tr, words};
use crate::state::{Member, Query};
pub use activity::{ActivityPage, RecentActivity};
use address::SecurityAddress;
use list::EventList;
use toolbar::Toolbar;

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct SecurityState {
    /// What is being looked at.
    address: Memo<SecurityAddress>,
    /// The events in sight.
    events: Query<Page<SecurityEvent>>,
    navigator: Navigator,
}

impl SecurityState {
    fn go(self, address: &SecurityAddress) {
        self.navigator.go(&address.to_path());
    }
}

/// The page, for those who may see it.
#[component]
pub fn SecurityPage() -> impl IntoView {
    let member: Member = expect_context();
    view! {
        <div class="mb-5">
            <PageHeading title=words(|t| t.security().title)/>
            <p class="mt-1 text-muted">{tr(|t| t.security().lead)}</p>
        </div>
        {move || match member.require(Permission::SecurityRead) {
            Ok(()) => view! { <SecurityContent/> }.into_any(),
            Err(denied) => view! { <ForbiddenState denied/> }.into_any(),
        }}
    }
}

#[component]
fn SecurityContent() -> impl IntoView {
    let member: Member = expect_context();
    let search = use_location().search;
    let address = Memo::new(move |_| SecurityAddress::parse(&search.get()));
    let state = SecurityState {
        address,
        events: Query::new(member, move || Some(address.get().to_api_path())),
        navigator: Navigator::new(),
    };
    provide_context(state);
    view! {
        <Toolbar/>
        <EventList/>
        <Paging
            list=state.events.list()
            first_page=Signal::derive(move || address.get().on_first_page().to_path())
            cursor=Signal::derive(move || address.with(|address| address.cursor.clone()))
            shown=|t| t.security().shown
            on_turn=move |cursor| state.go(&SecurityAddress { cursor, ..address.get_untracked() })
        />
    }
}

/// From an account's page to what the log has of it, for those who may see that.
#[component]
pub fn LogLink(
    /// The account.
    id: UserId,
) -> impl IntoView {
    let member: Member = expect_context();
    view! {
        <Show when=move || member.may(Permission::SecurityRead)>
            <a
                href=SecurityAddress::of(id).to_path()
                class="link link-hover inline-flex items-center gap-1.5 self-start font-medium text-primary"
            >
                <Glyph icon=icon::SHIELD_CHECK/>
                {tr(|t| t.security().log_of_account)}
            </a>
        </Show>
    }
}
