//! Disabling an application, enabling it again, and deleting it, after asking.

use contract::{Client, UpdateClient};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::CLIENTS;
use super::application::ApplicationState;
use crate::api::ApiError;
use crate::components::icon::{self, Glyph};
use crate::components::{ConfirmDialog, explain};
use crate::i18n::{Language, Text, tr, use_language, words};
use crate::navigation::APPLICATIONS;
use crate::pages::list::Navigator;
use crate::state::{Member, Toasts};

type Words = fn(Text) -> fn(&str) -> String;

/// The two buttons, and their questions.
#[component]
pub fn Withdrawal(client: Client) -> impl IntoView {
    let work = Work {
        client: StoredValue::new(client),
        state: expect_context(),
        member: expect_context(),
        toasts: expect_context(),
        language: use_language(),
        navigator: Navigator::new(),
    };
    let disabled = work.client.with_value(|client| client.disabled);
    let toggling = RwSignal::new(false);
    let deleting = RwSignal::new(false);
    view! {
        <div class="flex flex-wrap gap-2">
            <button type="button" class="btn btn-sm" on:click=move |_| toggling.set(true)>
                <Glyph icon=if disabled { icon::LOCK_OPEN } else { icon::LOCK }/>
                {if disabled { tr(|t| t.applications().enable) } else { tr(|t| t.applications().disable) }}
            </button>
            <button type="button" class="btn btn-error btn-outline btn-sm" on:click=move |_| deleting.set(true)>
                <Glyph icon=icon::TRASH_2/>
                {tr(|t| t.applications().delete)}
            </button>
        </div>
        <ToggleDialog open=toggling work disabled/>
        <DeleteDialog open=deleting work/>
    }
}

/// What both need from around them.
#[derive(Clone, Copy)]
struct Work {
    client: StoredValue<Client>,
    state: ApplicationState,
    member: Member,
    toasts: Toasts,
    language: Language,
    navigator: Navigator,
}

impl Work {
    /// Words about the application, by its name.
    fn words(self, words: Words) -> Signal<String> {
        Signal::derive(move || {
            self.client.with_value(|client| words(self.language.text())(client.name.as_str()))
        })
    }

    /// Tells what came of it; answers whether it went well.
    fn tell(self, answer: Result<(), ApiError>, done: Words, name: &str) -> bool {
        let text = self.language.text_untracked();
        match answer {
            Ok(()) => {
                self.toasts.success(done(text)(name));
                true
            }
            Err(error) => {
                self.toasts.failure(explain(&error, text));
                false
            }
        }
    }

    async fn set_disabled(self, client: Client, disabled: bool) {
        let changes = UpdateClient { disabled: Some(disabled), ..UpdateClient::default() };
        let (id, version) = (client.id, client.version);
        let answer =
            self.member.ask(async |session| session.update_client(id, version, &changes).await).await;
        let done: Words =
            if disabled { |t| t.applications().was_disabled } else { |t| t.applications().was_enabled };
        self.tell(answer.map(drop), done, client.name.as_str());
        self.state.focus();
        // Also after a failure: perhaps it is another by now.
        self.member.cache.invalidate(CLIENTS);
    }

    async fn delete(self, client: Client) {
        let answer = self.member.ask(async |session| session.delete_client(client.id).await).await;
        if self.tell(answer, |t| t.applications().deleted, client.name.as_str()) {
            self.navigator.go(APPLICATIONS);
        }
        self.member.cache.invalidate(CLIENTS);
    }
}

#[component]
fn ToggleDialog(open: RwSignal<bool>, work: Work, disabled: bool) -> impl IntoView {
    let busy = RwSignal::new(false);
    let toggle = move |()| {
        if !busy.get_untracked() {
            busy.set(true);
            let client = work.client.get_value();
            spawn_local(async move {
                work.set_disabled(client, !disabled).await;
                busy.try_set(false);
                open.try_set(false);
            });
        }
    };
    let (title, text): (Words, Words) = if disabled {
        (|t| t.applications().enable_title, |t| t.applications().enable_text)
    } else {
        (|t| t.applications().disable_title, |t| t.applications().disable_text)
    };
    let confirm =
        if disabled { words(|t| t.applications().enable) } else { words(|t| t.applications().disable) };
    view! {
        <ConfirmDialog
            open
            title=work.words(title)
            text=work.words(text)
            confirm
            dangerous=!disabled
            busy
            on_confirm=toggle
        />
    }
}

#[component]
fn DeleteDialog(open: RwSignal<bool>, work: Work) -> impl IntoView {
    let busy = RwSignal::new(false);
    let delete = move |()| {
        if !busy.get_untracked() {
            busy.set(true);
            let client = work.client.get_value();
            spawn_local(async move {
                work.delete(client).await;
                busy.try_set(false);
                open.try_set(false);
            });
        }
    };
    view! {
        <ConfirmDialog
            open
            title=work.words(|t| t.applications().delete_title)
            text=work.words(|t| t.applications().delete_text)
            confirm=words(|t| t.applications().delete)
            dangerous=true
            busy
            on_confirm=delete
        />
    }
}
