//! One role of the list.

use contract::{Permission, Role, RoleName};
use leptos::prelude::*;

use super::RolesState;
use super::demand::Demand;
use crate::components::icon::{self, Glyph};
use crate::components::{OwnBadge, Switch};
use crate::i18n::{tr, use_language};
use crate::navigation::USERS;
use crate::pages::list::page_path;
use crate::state::Member;

/// What it is called, what it permits, and what it demands: at the side, or beneath where there is no room.
#[component]
pub fn RoleItem(role: Role) -> impl IntoView {
    let member: Member = expect_context();
    let language = use_language();
    let name = role.name.clone();
    let permissions = role.permissions.clone();
    let is_own = {
        let name = name.clone();
        move || member.me.with(|me| me.roles.contains(&name))
    };
    view! {
        <li class="grid gap-x-8 gap-y-5 border-b border-base-300 p-4 last:border-0 md:p-5 lg:grid-cols-[minmax(0,1fr)_17rem]">
            <div class="min-w-0">
                <h2 class="flex flex-wrap items-center gap-x-2 gap-y-1 font-semibold wrap-anywhere">
                    <span id=title_id(&name)>{name.to_string()}</span>
                    <Show when=is_own>
                        <OwnBadge label=|t| t.roles().own/>
                    </Show>
                </h2>
                <p class="mt-0.5 text-pretty text-muted">{move || language.text().role_description(&role)}</p>
                <Permits permissions/>
                <HoldersLink name=name.clone()/>
            </div>
            <SecondFactor name/>
        </li>
    }
}

/// The permissions, in words.
#[component]
fn Permits(permissions: Vec<Permission>) -> impl IntoView {
    let language = use_language();
    if permissions.is_empty() {
        return view! { <p class="mt-3">{tr(|t| t.roles().permits_nothing)}</p> }.into_any();
    }
    let lines: Vec<_> = permissions
        .into_iter()
        .map(|permission| {
            view! {
                <li class="flex items-start gap-2">
                    <Glyph icon=icon::CHECK class="mt-0.5 size-4 shrink-0 text-success"/>
                    <span class="min-w-0">{move || language.text().permission_title(permission)}</span>
                </li>
            }
        })
        .collect();
    view! {
        <ul class="mt-3 grid gap-x-6 gap-y-1.5 sm:grid-cols-2 lg:grid-cols-1 xl:grid-cols-2" aria-label=tr(|t| t.roles().permits)>
            {lines}
        </ul>
    }
    .into_any()
}

/// The way to who has it, for those who may see accounts.
#[component]
fn HoldersLink(name: RoleName) -> impl IntoView {
    let member: Member = expect_context();
    let href = page_path(USERS, &[("role", Some(name.as_str()))]);
    let name = StoredValue::new(name.to_string());
    view! {
        <Show when=move || member.may(Permission::UsersRead)>
            <a class="link link-hover mt-3 inline-block font-medium text-primary" href=href.clone()>
                {tr(|t| t.roles().holders)}
                <span class="sr-only">" – " {name.get_value()}</span>
            </a>
        </Show>
    }
}

/// Whether it demands a second factor: a switch for those who may say so, words for others.
#[component]
fn SecondFactor(name: RoleName) -> impl IntoView {
    let state: RolesState = expect_context();
    let member: Member = expect_context();
    let name = StoredValue::new(name);
    let required = Memo::new(move |_| name.with_value(|name| state.requires_second_factor(name)));
    view! {
        <div>
            <Show
                when=move || member.may(Permission::RolesWrite)
                fallback=move || view! { <InWords required/> }
            >
                <DemandSwitch name=name.get_value() required/>
            </Show>
        </div>
    }
}

#[component]
fn DemandSwitch(name: RoleName, required: Memo<bool>) -> impl IntoView {
    let state: RolesState = expect_context();
    let id = format!("switch-{name}");
    let label_id = format!("demand-{name}");
    let labelled_by = format!("{label_id} {}", title_id(&name));
    let press =
        move |()| state.demanding.set(Some(Demand { role: name.clone(), made: !required.get_untracked() }));
    view! {
        <div class="flex items-start justify-between gap-3">
            <label id=label_id for=id.clone() class="cursor-pointer pt-0.5 font-medium">
                {tr(|t| t.roles().required)}
            </label>
            <Switch id labelled_by on=required on_press=press/>
        </div>
    }
}

#[component]
fn InWords(required: Memo<bool>) -> impl IntoView {
    move || {
        if required.get() {
            view! {
                <p class="flex items-start gap-2 font-medium">
                    <Glyph icon=icon::SHIELD_CHECK class="mt-0.5 size-4 shrink-0 text-success"/>
                    {tr(|t| t.roles().required)}
                </p>
            }
            .into_any()
        } else {
            view! { <p class="text-muted">{tr(|t| t.roles().optional)}</p> }.into_any()
        }
    }
}

fn title_id(name: &RoleName) -> String {
    format!("role-{name}")
}
