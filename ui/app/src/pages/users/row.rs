//! One account, as a row of the table or as a card.

use contract::User;
use leptos::prelude::*;

use super::{LockButton, UsersState, is_self};
use crate::components::{Avatar, OwnBadge, RoleBadges, StatusBadge, Timestamp};
use crate::i18n::tr;
use crate::navigation::USERS;
use crate::state::Member;

/// A row of the table.
#[component]
pub fn UserRow(user: User) -> impl IntoView {
    let state: UsersState = expect_context();
    let name = user.display_name.to_string();
    view! {
        <tr class="group h-13 border-b border-base-300 last:border-0 hover:bg-base-200/60">
            <th scope="row" class="max-w-64 px-4 py-2 font-medium">
                <span class="flex items-center gap-3">
                    <Avatar name=name.clone() class="size-7 text-xs"/>
                    <a href=path(&user) class="truncate hover:text-primary hover:underline">{name}</a>
                    <YouBadge user=user.clone()/>
                </span>
            </th>
            <td class="max-w-64 truncate px-4 py-2 text-muted">{user.email.to_string()}</td>
            <td class="px-4 py-2"><RoleBadges roles=user.roles.clone()/></td>
            <td class="px-4 py-2"><StatusBadge status=user.status/></td>
            <td class="px-4 py-2 text-muted"><Timestamp at=user.created_at/></td>
            <td class="px-4 py-2 text-muted"><LastSignIn user=user.clone()/></td>
            <td class="px-4 py-2 text-right"><LockButton user class="btn-square btn-ghost text-muted" on_press=move |user| state.locking.set(Some(user))/></td>
        </tr>
    }
}

/// A card of the list on a phone.
#[component]
pub fn UserCard(user: User) -> impl IntoView {
    let state: UsersState = expect_context();
    let name = user.display_name.to_string();
    view! {
        <li class="flex gap-3 border-b border-base-300 p-4 last:border-0">
            <Avatar name=name.clone() class="mt-0.5 size-9 text-xs"/>
            <div class="min-w-0 flex-1">
                <div class="flex items-center gap-2">
                    <a href=path(&user) class="truncate font-medium">{name}</a>
                    <YouBadge user=user.clone()/>
                </div>
                <p class="truncate text-xs text-muted">{user.email.to_string()}</p>
                <div class="mt-2.5 flex flex-wrap items-center gap-x-4 gap-y-2">
                    <StatusBadge status=user.status/>
                    {(!user.roles.is_empty()).then(|| view! { <RoleBadges roles=user.roles.clone()/> })}
                </div>
                <p class="mt-2 text-xs text-muted">
                    {tr(|t| t.users().column_last_sign_in)} " · " <LastSignIn user=user.clone()/>
                </p>
            </div>
            <LockButton user class="btn-square btn-ghost text-muted" on_press=move |user| state.locking.set(Some(user))/>
        </li>
    }
}

fn path(user: &User) -> String {
    format!("{USERS}/{}", user.id)
}

#[component]
fn YouBadge(user: User) -> impl IntoView {
    let member: Member = expect_context();
    view! {
        <Show when=move || is_self(member, user.id)>
            <OwnBadge label=|t| t.users().you/>
        </Show>
    }
}

#[component]
fn LastSignIn(user: User) -> impl IntoView {
    match user.last_sign_in_at {
        Some(at) => view! { <Timestamp at/> }.into_any(),
        None => view! { <span>{tr(|t| t.common().never)}</span> }.into_any(),
    }
}
