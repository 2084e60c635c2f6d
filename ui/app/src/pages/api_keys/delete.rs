//! Deleting an API key, after asking.

use contract::ApiKey;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{KEYS, KeysState};
use crate::components::{ConfirmDialog, explain};
use crate::i18n::{Language, use_language, words};
use crate::state::{Member, Toasts};

/// Asks first, naming the key; then does it.
#[component]
pub fn DeleteDialog() -> impl IntoView {
    let state: KeysState = expect_context();
    let language = use_language();
    let work = DeleteWork { state, member: expect_context(), toasts: expect_context(), language };
    let busy = RwSignal::new(false);
    let title = move || {
        let name = state.subject.with(|key| key.as_ref().map(|key| key.name.to_string()));
        (language.text().api_keys().delete_title)(&name.unwrap_or_default())
    };
    let delete = move |()| {
        let Some(key) = state.subject.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            work.delete(key).await;
            busy.try_set(false);
        });
    };
    view! {
        <ConfirmDialog
            open=state.deleting
            title=Signal::derive(title)
            text=words(|t| t.api_keys().delete_text)
            confirm=words(|t| t.api_keys().delete)
            dangerous=true
            busy
            on_confirm=delete
        />
    }
}

/// What deleting needs from around it.
#[derive(Clone, Copy)]
struct DeleteWork {
    state: KeysState,
    member: Member,
    toasts: Toasts,
    language: Language,
}

impl DeleteWork {
    async fn delete(self, key: ApiKey) {
        let answer = self.member.ask(async |session| session.delete_api_key(key.id).await).await;
        let text = self.language.text_untracked();
        self.state.deleting.try_set(false);
        match answer {
            Ok(()) => {
                self.toasts.success((text.api_keys().deleted)(key.name.as_str()));
                self.state.forget(key.id);
            }
            Err(error) => self.toasts.failure(explain(&error, text)),
        }
        // Also after a failure: perhaps the list is old.
        self.member.cache.invalidate(KEYS);
    }
}
