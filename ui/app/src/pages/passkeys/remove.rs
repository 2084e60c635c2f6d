//! Removing a passkey, after asking.

use contract::Passkey;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::PasskeysState;
use crate::components::{ConfirmDialog, dialog_about, explain};
use crate::i18n::{Language, use_language, words};

/// Asks first, naming the passkey; then does it.
#[component]
pub fn RemoveDialog() -> impl IntoView {
    let state: PasskeysState = expect_context();
    let language = use_language();
    let (open, subject) = dialog_about(state.removing);
    let busy = RwSignal::new(false);
    let title = move || {
        let name = subject.with(|passkey| passkey.as_ref().map(|passkey| passkey.name.to_string()));
        (language.text().passkeys().remove_title)(&name.unwrap_or_default())
    };
    let confirmed = move |()| {
        let Some(passkey) = subject.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            remove(state, language, passkey).await;
            busy.try_set(false);
            open.try_set(false);
        });
    };
    view! {
        <ConfirmDialog
            open
            title=Signal::derive(title)
            text=words(|t| t.passkeys().remove_text)
            confirm=words(|t| t.passkeys().remove)
            dangerous=true
            busy
            on_confirm=confirmed
        />
    }
}

async fn remove(state: PasskeysState, language: Language, passkey: Passkey) {
    let answer = state.member.ask(async |session| session.remove_passkey(passkey.id).await).await;
    let text = language.text_untracked();
    match answer {
        Ok(()) => {
            state.toasts.success((text.passkeys().removed)(passkey.name.as_str()));
            // It may have been the last second factor.
            state.member.reload().await;
            state.focus();
        }
        Err(error) => state.toasts.failure(explain(&error, text)),
    }
    // Also after a failure: perhaps the list is old.
    state.outdate();
}
