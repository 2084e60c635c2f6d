//! The first page after signing in: who one is, what one may do, where to go.

use contract::{Page, Permission, User};
use leptos::prelude::*;

use crate::components::icon::{self, Glyph, Icon};
use crate::components::{
    Avatar, Day, EmptyState, ErrorState, PageHeading, RoleBadges, RowsSkeleton, Timestamp,
};
use crate::i18n::{TextKey, tr, use_language, words};
use crate::navigation::{ACCOUNT, USERS};
use crate::state::{Member, Query};

/// Home.
#[component]
pub fn HomePage() -> impl IntoView {
    let language = use_language();
    let member: Member = expect_context();
    let name = move || member.me.with(|me| me.display_name.to_string());
    view! {
        <PageHeading
            title=Signal::derive(move || (language.text().home().welcome)(&name()))
            tab=words(|t| t.home().title)
            class="text-2xl"
        />
        <p class="mt-1 text-muted">{tr(|t| t.home().lead)}</p>
        <div class="mt-6 grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <div class="flex flex-col gap-5">
                <Shortcuts/>
                <Show when=move || member.may(Permission::UsersRead)>
                    <RecentUsers/>
                </Show>
            </div>
            <div class="flex flex-col gap-5">
                <AccountSummary/>
                <PermissionSummary/>
            </div>
        </div>
    }
}

#[component]
fn Shortcuts() -> impl IntoView {
    let member: Member = expect_context();
    let shortcut = |href: &'static str, picture: Icon, text: TextKey| {
        view! {
            <li>
                <a href=href class="panel flex h-full items-center gap-3 p-4 font-medium transition-colors hover:border-primary/50">
                    <span class="grid size-9 shrink-0 place-content-center rounded-field bg-primary/10 text-primary">
                        <Glyph icon=picture class="size-4.5"/>
                    </span>
                    {tr(text)}
                </a>
            </li>
        }
    };
    view! {
        <section aria-labelledby="shortcuts">
            <h2 id="shortcuts" class="sr-only">{tr(|t| t.home().shortcuts)}</h2>
            <ul class="grid gap-3 sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]">
                {move || {
                    member
                        .may(Permission::UsersRead)
                        .then(|| shortcut(USERS, icon::USERS, |t| t.home().shortcut_users))
                }}
                {move || {
                    (member.may(Permission::UsersWrite) && member.may(Permission::UsersRead))
                        .then(|| shortcut("/users?new", icon::USER_PLUS, |t| t.home().shortcut_create))
                }}
                {shortcut(ACCOUNT, icon::USER, |t| t.home().shortcut_account)}
            </ul>
        </section>
    }
}

#[component]
fn RecentUsers() -> impl IntoView {
    let member: Member = expect_context();
    let users =
        Query::<Page<User>>::new(member, || Some("/api/core/v1/users?sort=-created_at&limit=5".to_owned()));
    let list = move || match (users.data.get(), users.error.get()) {
        (Some(page), _) if page.items.is_empty() => view! {
            <EmptyState
                title=words(|t| t.users().empty_title)
                text=words(|t| t.users().empty_text)
            />
        }
        .into_any(),
        (Some(page), _) => {
            let rows: Vec<_> = page.items.into_iter().map(|user| view! { <RecentUser user/> }).collect();
            view! { <ul>{rows}</ul> }.into_any()
        }
        (None, Some(error)) => view! { <ErrorState error on_retry=move |()| users.retry()/> }.into_any(),
        (None, None) => view! { <RowsSkeleton rows=5/> }.into_any(),
    };
    view! {
        <section class="panel overflow-hidden" aria-labelledby="recent-users">
            <div class="flex items-center justify-between border-b border-base-300 px-4 py-3">
                <h2 id="recent-users" class="font-semibold">{tr(|t| t.home().recent_users)}</h2>
                <a href=USERS class="link link-hover font-medium text-primary">{tr(|t| t.home().all_users)}</a>
            </div>
            {list}
        </section>
    }
}

#[component]
fn RecentUser(user: User) -> impl IntoView {
    let name = user.display_name.to_string();
    view! {
        <li class="border-b border-base-300 last:border-0">
            <a href=format!("{USERS}/{}", user.id) class="flex h-14 items-center gap-3 px-4 hover:bg-base-200">
                <Avatar name=name.clone()/>
                <span class="min-w-0 flex-1">
                    <span class="block truncate font-medium">{name}</span>
                    <span class="block truncate text-xs text-muted">{user.email.to_string()}</span>
                </span>
                <span class="text-xs text-muted"><Timestamp at=user.created_at/></span>
            </a>
        </li>
    }
}

#[component]
fn AccountSummary() -> impl IntoView {
    let member: Member = expect_context();
    view! {
        <section class="panel p-5" aria-labelledby="your-account">
            <h2 id="your-account" class="mb-4 font-semibold">{tr(|t| t.home().your_account)}</h2>
            {move || {
                let me = member.me.get();
                view! {
                    <dl class="grid gap-3">
                        <div>
                            <dt class="text-xs text-muted">{tr(|t| t.field().email)}</dt>
                            <dd class="truncate font-medium">{me.email.to_string()}</dd>
                        </div>
                        <div>
                            <dt class="mb-1 text-xs text-muted">{tr(|t| t.field().roles)}</dt>
                            <dd><RoleBadges roles=me.roles/></dd>
                        </div>
                        <div>
                            <dt class="text-xs text-muted">{tr(|t| t.home().member_since)}</dt>
                            <dd class="font-medium"><Day at=me.created_at/></dd>
                        </div>
                    </dl>
                }
            }}
        </section>
    }
}

#[component]
fn PermissionSummary() -> impl IntoView {
    view! {
        <section class="panel p-5" aria-labelledby="your-permissions">
            <h2 id="your-permissions" class="mb-3 font-semibold">{tr(|t| t.home().permissions_title)}</h2>
            <PermissionList/>
        </section>
    }
}

/// Every permission, and whether the person has it.
#[component]
pub fn PermissionList() -> impl IntoView {
    let language = use_language();
    let member: Member = expect_context();
    let line = move |permission: Permission| {
        let words = move || language.text().permission_title(permission);
        let (picture, colour, meaning): (_, _, TextKey) = if member.may(permission) {
            (icon::CHECK, "mt-0.5 size-4 shrink-0 text-success", |t| t.home().granted)
        } else {
            (icon::MINUS, "mt-0.5 size-4 shrink-0 text-muted", |t| t.home().not_granted)
        };
        view! {
            <li class="flex items-start gap-2.5" class=("text-muted", !member.may(permission))>
                <Glyph icon=picture class=colour/>
                <span>{words} <span class="sr-only">" – " {tr(meaning)}</span></span>
            </li>
        }
    };
    move || {
        if member.me.with(|me| me.permissions.is_empty()) {
            view! { <p class="text-muted">{tr(|t| t.home().permissions_none)}</p> }.into_any()
        } else {
            let lines: Vec<_> = Permission::ALL.into_iter().map(line).collect();
            view! { <ul class="flex flex-col gap-2">{lines}</ul> }.into_any()
        }
    }
}
