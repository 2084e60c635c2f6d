//! One account: seen, changed, locked.

use contract::{Permission, ProblemCode, UpdateUser, User, UserId};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};
use leptos_router::hooks::use_params_map;

use super::not_found::NotFoundPage;
use super::security::LogLink;
use super::sessions::{Owner, Sessions};
use super::users::{LockButton, LockDialog, ResetSecondFactor, RolesField};
use crate::components::{
    Avatar, BackLink, CardSkeleton, ErrorPage, ForbiddenPage, FormState, MessagePage, PageHeading,
    RoleBadges, SaveFailure, StatusBadge, SubmitButton, TextField, Timestamp,
};
use crate::i18n::{TextKey, tr, use_language, words};
use crate::navigation::USERS;
use crate::state::{Member, Query, Toasts};

/// The page of the account whose id is in the address.
#[component]
pub fn UserPage() -> impl IntoView {
    let member: Member = expect_context();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<UserId>().ok()));
    move || match (member.require(Permission::UsersRead), id.get()) {
        (Err(denied), _) => view! { <ForbiddenPage title=|t| t.user().title denied/> }.into_any(),
        (Ok(()), None) => view! { <NotFoundPage/> }.into_any(),
        (Ok(()), Some(id)) => view! { <UserOfId id/> }.into_any(),
    }
}

#[component]
fn UserOfId(id: UserId) -> impl IntoView {
    let member: Member = expect_context();
    let user = Query::<User>::new(member, move || Some(format!("/api/core/v1/users/{id}")));
    let failure = user.failure();
    move || match (failure.get(), user.data.get()) {
        (Some(error), _) if error.code() == Some(ProblemCode::NotFound) => view! { <NoSuchUser/> }.into_any(),
        (Some(error), _) => view! {
            <ErrorPage title=|t| t.user().title error on_retry=move |()| user.retry()/>
        }
        .into_any(),
        (None, Some(found)) => {
            view! { <UserDetails user=found on_reload=move |()| user.retry()/> }.into_any()
        }
        (None, None) => view! { <CardSkeleton/> }.into_any(),
    }
}

#[component]
fn NoSuchUser() -> impl IntoView {
    view! {
        <MessagePage
            title=|t| t.user().not_found_title
            text=words(|t| t.user().not_found_text)
        >
            <a class="btn btn-primary btn-sm" href=USERS>{tr(|t| t.user().all_users)}</a>
        </MessagePage>
    }
}

#[component]
fn UserDetails(user: User, #[prop(into)] on_reload: Callback<()>) -> impl IntoView {
    let name = user.display_name.to_string();
    let locking = RwSignal::new(None);
    let page = NodeRef::<html::Div>::new();
    view! {
        <div node_ref=page tabindex="-1" class="mx-auto max-w-3xl outline-none">
            <BackLink href=USERS label=|t| t.user().all_users/>
            <div class="mb-6 flex flex-wrap items-center gap-4">
                <Avatar name=name.clone() class="size-12 text-base"/>
                <div class="min-w-0 flex-1">
                    <PageHeading title=name/>
                    <p class="truncate text-muted">{user.email.to_string()}</p>
                </div>
                <div class="flex flex-wrap gap-2 max-sm:w-full">
                    <ResetSecondFactor user=user.clone()/>
                    <LockButton user=user.clone() on_press=move |user| locking.set(Some(user))/>
                </div>
            </div>
            <div class="flex flex-col gap-5">
                <Facts user=user.clone()/>
                <LogLink id=user.id/>
                <SessionsSection id=user.id/>
                <EditSection user on_reload/>
            </div>
            <LockDialog user=locking place=page/>
        </div>
    }
}

#[component]
fn Facts(user: User) -> impl IntoView {
    let last_sign_in = match user.last_sign_in_at {
        Some(at) => view! { <Timestamp at/> }.into_any(),
        None => view! { {tr(|t| t.common().never)} }.into_any(),
    };
    let second_factor: TextKey = if user.second_factor { |t| t.user().on } else { |t| t.user().off };
    view! {
        <section class="panel p-5 md:p-6" aria-labelledby="details">
            <h2 id="details" class="mb-4 font-semibold">{tr(|t| t.user().details)}</h2>
            <dl class="grid grid-cols-2 gap-4 md:grid-cols-4 [&_dt]:mb-0.5 [&_dt]:text-xs [&_dt]:text-muted">
                <div><dt>{tr(|t| t.users().column_status)}</dt><dd><StatusBadge status=user.status/></dd></div>
                <div><dt>{tr(|t| t.users().column_last_sign_in)}</dt><dd>{last_sign_in}</dd></div>
                <div><dt>{tr(|t| t.users().column_created)}</dt><dd><Timestamp at=user.created_at/></dd></div>
                <div><dt>{tr(|t| t.user().updated)}</dt><dd><Timestamp at=user.updated_at/></dd></div>
                <div><dt>{tr(|t| t.user().second_factor)}</dt><dd>{tr(second_factor)}</dd></div>
                <div class="md:col-span-3"><dt>{tr(|t| t.field().roles)}</dt><dd><RoleBadges roles=user.roles/></dd></div>
            </dl>
        </section>
    }
}

/// For those who may end them.
#[component]
fn SessionsSection(id: UserId) -> impl IntoView {
    let member: Member = expect_context();
    view! {
        <Show when=move || member.may(Permission::UsersWrite)>
            <section class="panel p-5 md:p-6" aria-labelledby="sessions">
                <h2 id="sessions" class="font-semibold">{tr(|t| t.user().sessions)}</h2>
                <p class="mb-4 text-muted">{tr(|t| t.user().sessions_text)}</p>
                <Sessions owner=Owner::User(id)/>
            </section>
        </Show>
    }
}

#[component]
fn EditSection(user: User, on_reload: Callback<()>) -> impl IntoView {
    let member: Member = expect_context();
    let user = StoredValue::new(user);
    view! {
        <section class="panel p-5 md:p-6" aria-labelledby="profile">
            <h2 id="profile" class="mb-4 font-semibold">{tr(|t| t.user().profile)}</h2>
            <Show
                when=move || member.may(Permission::UsersWrite)
                fallback=|| view! { <p class="text-muted">{tr(|t| t.user().read_only)}</p> }
            >
                <EditForm user=user.get_value() on_reload/>
            </Show>
        </section>
    }
}

#[component]
fn EditForm(user: User, on_reload: Callback<()>) -> impl IntoView {
    let language = use_language();
    let member: Member = expect_context();
    let toasts: Toasts = expect_context();
    let display_name = RwSignal::new(user.display_name.to_string());
    let email = RwSignal::new(user.email.to_string());
    let roles = RwSignal::new(user.roles.iter().map(ToString::to_string).collect::<Vec<_>>());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let changes =
            changes(&user, display_name.get_untracked(), email.get_untracked(), roles.get_untracked());
        let (id, version) = (user.id, user.version);
        form.submit(element.into(), changes.parse(), async move || {
            let answer = member.ask(async |session| session.update_user(id, version, &changes).await).await?;
            if member.me.try_with_untracked(|me| me.id == answer.id) == Some(true) {
                member.reload().await;
            }
            member.cache.invalidate("/api/core/v1/users");
            toasts.success(language.text_untracked().common().saved);
            Ok(())
        });
    };
    view! {
        <form node_ref=element class="flex max-w-md flex-col gap-4" method="post" novalidate on:submit=submit>
            <SaveFailure error=form.failure on_reload/>
            <TextField
                name="display_name"
                label=|t| t.field().display_name
                value=display_name
                error=form.field("display_name")
            />
            <TextField name="email" label=|t| t.field().email kind="email" value=email error=form.field("email")/>
            <RolesField chosen=roles error=form.field("roles")/>
            <div>
                <SubmitButton
                    label=words(|t| t.common().save)
                    busy=form.busy
                    class="btn-sm"
                />
            </div>
        </form>
    }
}

/// Only what differs is sent: a change of name needs no right to give roles.
fn changes(user: &User, display_name: String, email: String, mut roles: Vec<String>) -> UpdateUser {
    roles.sort();
    let before: Vec<_> = user.roles.iter().map(ToString::to_string).collect();
    UpdateUser {
        display_name: (display_name != user.display_name.as_str()).then_some(display_name),
        email: (email != user.email.as_str()).then_some(email),
        roles: (roles != before).then_some(roles),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ada() -> User {
        serde_json::from_value(serde_json::json!({
            "id": "01890a5d-ac96-774b-bcce-b302099a8057", "email": "ada@example.org",
            "display_name": "Ada", "status": "active", "roles": ["auditor", "support"], "second_factor": false,
            "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "version": 3,
        }))
        .unwrap()
    }

    #[test]
    fn what_stays_is_not_sent() {
        let user = ada();
        let roles = vec!["support".to_owned(), "auditor".to_owned()];
        let none = changes(&user, "Ada".into(), "ada@example.org".into(), roles.clone());
        assert_eq!(serde_json::to_value(none).unwrap(), serde_json::json!({}));
        let name = changes(&user, "Ada King".into(), "ada@example.org".into(), roles);
        assert_eq!(serde_json::to_value(name).unwrap(), serde_json::json!({"display_name": "Ada King"}));
    }
}
