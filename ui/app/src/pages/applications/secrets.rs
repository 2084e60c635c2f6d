//! The secrets of an application: two at most, so that one can follow the other without a break.

use contract::{Client, ClientId, ClientKind, ClientSecret};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::CLIENTS;
use super::application::ApplicationState;
use crate::components::icon::{self, Glyph};
use crate::components::{ConfirmDialog, Day, dialog_about, explain};
use crate::i18n::{Text, tr, use_language, words};
use crate::state::{Member, Toasts};

/// The most that there can be.
const MOST: usize = 2;

/// Those that there are, when they were made, and the way to another.
#[component]
pub fn Secrets(
    /// Whose.
    client: Client,
    /// Whether the person may change it.
    writes: Memo<bool>,
) -> impl IntoView {
    if client.kind == ClientKind::Public {
        return view! { <p class="text-muted">{tr(|t| t.applications().public_no_secret)}</p> }.into_any();
    }
    let deleting = RwSignal::new(None);
    let has_room = client.secrets.len() < MOST;
    let id = client.id;
    let items: Vec<_> =
        client.secrets.into_iter().map(|secret| view! { <SecretItem secret deleting writes/> }).collect();
    let list = if items.is_empty() {
        view! { <p class="text-muted">{tr(|t| t.applications().no_secret)}</p> }.into_any()
    } else {
        view! { <ul class="rounded-field border border-base-300">{items}</ul> }.into_any()
    };
    view! {
        {list}
        <Show when=move || has_room && writes.get()>
            <MakeButton id/>
        </Show>
        <DeleteDialog id name=client.name.to_string() deleting/>
    }
    .into_any()
}

#[component]
fn SecretItem(
    secret: ClientSecret,
    deleting: RwSignal<Option<ClientSecret>>,
    writes: Memo<bool>,
) -> impl IntoView {
    let created_at = secret.created_at;
    let secret = StoredValue::new(secret);
    view! {
        <li class="flex items-center gap-3 border-b border-base-300 px-4 py-2.5 last:border-0">
            <Glyph icon=icon::KEY_ROUND class="size-4 shrink-0 text-muted"/>
            <span class="flex-1">{tr(|t| t.applications().secret_made)} " " <Day at=created_at/></span>
            <Show when=move || writes.get()>
                <button
                    type="button"
                    class="btn btn-ghost btn-sm btn-square text-muted"
                    aria-label=tr(|t| t.applications().delete_secret)
                    title=tr(|t| t.applications().delete_secret)
                    on:click=move |_| deleting.set(Some(secret.get_value()))
                >
                    <Glyph icon=icon::TRASH_2/>
                </button>
            </Show>
        </li>
    }
}

#[component]
fn MakeButton(id: ClientId) -> impl IntoView {
    let member: Member = expect_context();
    let toasts: Toasts = expect_context();
    let language = use_language();
    let state: ApplicationState = expect_context();
    let busy = RwSignal::new(false);
    let make = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match member.ask(async |session| session.create_client_secret(id).await).await {
                Ok(answer) => _ = state.secret.try_set(Some(answer.client_secret)),
                Err(error) => toasts.failure(explain(&error, language.text_untracked())),
            }
            busy.try_set(false);
            member.cache.invalidate(CLIENTS);
        });
    };
    view! {
        <button type="button" class="btn btn-sm mt-3" aria-disabled=move || busy.get().to_string() on:click=make>
            <Glyph icon=icon::PLUS/>
            {tr(|t| t.applications().new_secret)}
        </button>
    }
}

/// Asks first; then does it.
#[component]
fn DeleteDialog(id: ClientId, name: String, deleting: RwSignal<Option<ClientSecret>>) -> impl IntoView {
    let member: Member = expect_context();
    let toasts: Toasts = expect_context();
    let state: ApplicationState = expect_context();
    let language = use_language();
    let (open, subject) = dialog_about(deleting);
    let name = StoredValue::new(name);
    let of_application = move |words: fn(Text) -> fn(&str) -> String| {
        Signal::derive(move || name.with_value(|name| words(language.text())(name)))
    };
    let busy = RwSignal::new(false);
    let delete = move |()| {
        let Some(secret) = subject.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            let answer = member.ask(async |session| session.delete_client_secret(id, secret.id).await).await;
            let text = language.text_untracked();
            match answer {
                Ok(()) => toasts.success(text.applications().secret_deleted),
                Err(error) => toasts.failure(explain(&error, text)),
            }
            busy.try_set(false);
            open.try_set(false);
            state.focus();
            // Also after a failure: perhaps it is gone.
            member.cache.invalidate(CLIENTS);
        });
    };
    view! {
        <ConfirmDialog
            open
            title=of_application(|t| t.applications().delete_secret_title)
            text=of_application(|t| t.applications().delete_secret_text)
            confirm=words(|t| t.applications().delete_secret)
            dangerous=true
            busy
            on_confirm=delete
        />
    }
}
