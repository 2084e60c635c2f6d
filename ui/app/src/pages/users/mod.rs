//! The accounts: found, made, locked and unlocked, and those that are offered.

mod address;
mod create;
mod header;
mod invitations;
mod invite;
mod list;
mod lock;
mod roles;
mod row;
mod second_factor;
mod toolbar;

use contract::{Page, Permission, User, UserId};
use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;

pub use invitations::InvitationsPage;
pub use lock::{LockButton, LockDialog};
pub use roles::RolesField;
pub use second_factor::ResetSecondFactor;

use super::list::{Navigator, Paging};
use crate::components::{ForbiddenState, Glyph, icon};
use crate::i18n::tr;
use crate::state::{Member, Query};
use address::UsersAddress;
use create::CreateDialog;
use header::UsersHeader;
use invite::InviteButton;
use list::UserList;
use toolbar::Toolbar;

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct UsersState {
    /// What is being looked at.
    address: Memo<UsersAddress>,
    /// The accounts in sight.
    users: Query<Page<User>>,
    /// The account that is about to be locked or unlocked.
    locking: RwSignal<Option<User>>,
    /// The list, for the focus.
    list: NodeRef<html::Div>,
    navigator: Navigator,
}

impl UsersState {
    /// Goes to another view of the list, as a step that the browser's back button undoes.
    fn go(self, address: &UsersAddress) {
        self.navigator.go(&address.to_path());
    }

    /// Goes there in place of where we are: for every letter of a search.
    fn replace(self, address: &UsersAddress) {
        self.navigator.replace(&address.to_path());
    }
}

/// The page, for those who may see it.
#[component]
pub fn UsersPage() -> impl IntoView {
    let member: Member = expect_context();
    view! {
        <UsersHeader title=|t| t.users().title lead=|t| t.users().lead>
            <InviteButton class="btn btn-outline btn-sm"/>
            <CreateButton/>
        </UsersHeader>
        {move || match member.require(Permission::UsersRead) {
            Ok(()) => view! { <UsersContent/> }.into_any(),
            Err(denied) => view! { <ForbiddenState denied/> }.into_any(),
        }}
    }
}

/// `/users?new` opens the form at once, so that it can be linked to.
#[component]
fn CreateButton() -> impl IntoView {
    let member: Member = expect_context();
    let open =
        RwSignal::new(use_location().search.with_untracked(|search| search == "new" || search == "?new"));
    view! {
        <Show when=move || member.may(Permission::UsersWrite)>
            <button type="button" class="btn btn-primary btn-sm shrink-0" on:click=move |_| open.set(true)>
                <Glyph icon=icon::USER_PLUS/>
                {tr(|t| t.users().create)}
            </button>
            <CreateDialog open/>
        </Show>
    }
}

#[component]
fn UsersContent() -> impl IntoView {
    let member: Member = expect_context();
    let search = use_location().search;
    let address = Memo::new(move |_| UsersAddress::parse(&search.get()));
    let state = UsersState {
        address,
        users: Query::new(member, move || Some(address.get().to_api_path())),
        locking: RwSignal::new(None),
        list: NodeRef::new(),
        navigator: Navigator::new(),
    };
    provide_context(state);
    view! {
        <Toolbar/>
        <div node_ref=state.list tabindex="-1" class="outline-none"><UserList/></div>
        <Paging
            list=state.users.list()
            first_page=Signal::derive(move || address.get().on_first_page().to_path())
            cursor=Signal::derive(move || address.with(|address| address.cursor.clone()))
            shown=|t| t.users().shown
            on_turn=move |cursor| state.go(&UsersAddress { cursor, ..address.get_untracked() })
        />
        <LockDialog user=state.locking place=state.list/>
    }
}

/// Whether this is the account of who is looking at it: nobody locks themselves out by mistake.
pub fn is_self(member: Member, id: UserId) -> bool {
    member.me.with(|me| me.id == id)
}
