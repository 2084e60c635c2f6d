//! The accounts that are offered: seen, and taken back.

mod list;
mod withdraw;

use contract::{Invitation, Page, Permission};
use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;

use super::header::UsersHeader;
use super::invite::InviteButton;
use crate::components::ForbiddenState;
use crate::navigation::INVITATIONS;
use crate::pages::list::{Navigator, Paging, api_path, page_path};
use crate::state::{Member, Query};
use list::InvitationList;
use withdraw::WithdrawDialog;

/// Where the API has them.
pub const API: &str = "/api/core/v1/auth/invitations";

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct InvitationsState {
    /// The invitations in sight.
    invitations: Query<Page<Invitation>>,
    /// The one that is about to be withdrawn.
    withdrawing: RwSignal<Option<Invitation>>,
}

/// The page, for those who may see it.
#[component]
pub fn InvitationsPage() -> impl IntoView {
    let member: Member = expect_context();
    view! {
        <UsersHeader title=|t| t.invitations().title lead=|t| t.invitations().lead>
            <InviteButton class="btn btn-primary btn-sm"/>
        </UsersHeader>
        {move || match member.require(Permission::UsersRead) {
            Ok(()) => view! { <InvitationsContent/> }.into_any(),
            Err(denied) => view! { <ForbiddenState denied/> }.into_any(),
        }}
    }
}

#[component]
fn InvitationsContent() -> impl IntoView {
    let member: Member = expect_context();
    let query = use_location().query;
    let cursor = Memo::new(move |_| query.with(|query| query.get("cursor")));
    let navigator = Navigator::new();
    let list = NodeRef::<html::Div>::new();
    let state = InvitationsState {
        invitations: Query::new(member, move || Some(api_path(API, &[("cursor", cursor.get().as_deref())]))),
        withdrawing: RwSignal::new(None),
    };
    provide_context(state);
    let turn = move |cursor: Option<String>| {
        navigator.go(&page_path(INVITATIONS, &[("cursor", cursor.as_deref())]));
    };
    view! {
        <div node_ref=list tabindex="-1" class="outline-none"><InvitationList/></div>
        <Paging
            list=state.invitations.list()
            first_page=INVITATIONS.to_owned()
            cursor
            shown=|t| t.invitations().shown
            on_turn=turn
        />
        <WithdrawDialog invitation=state.withdrawing place=list/>
    }
}
