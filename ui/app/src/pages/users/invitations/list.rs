//! The list itself: a table where there is room, cards on a phone.

use contract::{Invitation, Permission};
use leptos::prelude::*;

use super::InvitationsState;
use crate::components::icon::{self, Glyph};
use crate::components::{EmptyState, ListPanel, RoleBadges, Timestamp};
use crate::i18n::{tr, use_language, words};
use crate::pages::list::Column;
use crate::state::{Member, is_wide_screen};

/// The invitations in sight, or that there are none.
#[component]
pub fn InvitationList() -> impl IntoView {
    let state: InvitationsState = expect_context();
    let wide = is_wide_screen();
    view! {
        <ListPanel list=state.invitations.list() rows=4 empty=|| view! { <Nothing/> }>
            {move || if wide.get() { view! { <Table/> }.into_any() } else { view! { <Cards/> }.into_any() }}
        </ListPanel>
    }
}

#[component]
fn Table() -> impl IntoView {
    let state: InvitationsState = expect_context();
    view! {
        <div class="overflow-x-auto">
            <table class="w-full text-left">
                <caption class="sr-only">{tr(|t| t.invitations().title)}</caption>
                <thead class="border-b border-base-300 bg-base-200/60 text-xs text-muted">
                    <tr>
                        <Column label=|t| t.invitations().column_email/>
                        <Column label=|t| t.invitations().column_roles/>
                        <Column label=|t| t.invitations().column_invited_by/>
                        <Column label=|t| t.invitations().column_created/>
                        <Column label=|t| t.invitations().column_expires/>
                        <th scope="col"><span class="sr-only">{tr(|t| t.invitations().column_actions)}</span></th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || state.invitations.items() key=|invitation| invitation.id let:invitation>
                        <InvitationRow invitation/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn InvitationRow(invitation: Invitation) -> impl IntoView {
    view! {
        <tr class="h-13 border-b border-base-300 last:border-0 hover:bg-base-200/60">
            <th scope="row" class="max-w-64 truncate px-4 py-2 font-medium">{invitation.email.to_string()}</th>
            <td class="px-4 py-2"><RoleBadges roles=invitation.roles.clone()/></td>
            <td class="max-w-48 truncate px-4 py-2 text-muted">{invitation.invited_by.to_string()}</td>
            <td class="px-4 py-2 text-muted"><Timestamp at=invitation.created_at/></td>
            <td class="px-4 py-2 text-muted"><Timestamp at=invitation.expires_at/></td>
            <td class="px-4 py-2 text-right"><WithdrawButton invitation/></td>
        </tr>
    }
}

#[component]
fn Cards() -> impl IntoView {
    let state: InvitationsState = expect_context();
    view! {
        <ul>
            <For each=move || state.invitations.items() key=|invitation| invitation.id let:invitation>
                <InvitationCard invitation/>
            </For>
        </ul>
    }
}

#[component]
fn InvitationCard(invitation: Invitation) -> impl IntoView {
    view! {
        <li class="flex items-start gap-3 border-b border-base-300 p-4 last:border-0">
            <div class="min-w-0 flex-1">
                <p class="truncate font-medium">{invitation.email.to_string()}</p>
                <p class="truncate text-xs text-muted">
                    {tr(|t| t.invitations().column_invited_by)} " " {invitation.invited_by.to_string()}
                </p>
                {(!invitation.roles.is_empty())
                    .then(|| view! { <div class="mt-2.5"><RoleBadges roles=invitation.roles.clone()/></div> })}
                <p class="mt-2 text-xs text-muted">
                    {tr(|t| t.invitations().column_expires)} " · " <Timestamp at=invitation.expires_at/>
                </p>
            </div>
            <WithdrawButton invitation/>
        </li>
    }
}

/// For who may.
#[component]
fn WithdrawButton(invitation: Invitation) -> impl IntoView {
    let state: InvitationsState = expect_context();
    let member: Member = expect_context();
    let language = use_language();
    let invitation = StoredValue::new(invitation);
    let label = move || {
        let text = language.text().invitations();
        invitation.with_value(|invitation| (text.withdraw_label)(invitation.email.as_str()))
    };
    view! {
        <Show when=move || member.may(Permission::UsersWrite)>
            <button
                type="button"
                class="btn btn-ghost btn-sm btn-square text-muted"
                aria-label=label
                title=label
                on:click=move |_| state.withdrawing.set(Some(invitation.get_value()))
            >
                <Glyph icon=icon::X/>
            </button>
        </Show>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <EmptyState
            icon=icon::MAIL
            title=words(|t| t.invitations().empty_title)
            text=words(|t| t.invitations().empty_text)
        />
    }
}
