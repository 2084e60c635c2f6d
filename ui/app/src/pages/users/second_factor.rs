//! Help for somebody who has lost their second factor.

use contract::{Permission, User};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::is_self;
use crate::components::{ConfirmDialog, explain};
use crate::i18n::{tr, use_language, words};
use crate::state::{Member, Toasts};

/// Takes an account's second factor off, after asking; not offered where there is none, to those who may not, nor for
/// one's own.
#[component]
pub fn ResetSecondFactor(
    /// The account.
    user: User,
) -> impl IntoView {
    let member: Member = expect_context();
    let toasts: Toasts = expect_context();
    let language = use_language();
    let asking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let User { id, second_factor, display_name, .. } = user;
    let name = StoredValue::new(display_name.to_string());
    let title = move || name.with_value(|name| (language.text().user().reset_title)(name));
    let run = move |()| {
        let Some(name) = name.try_get_value().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            let answer = member.ask(async |session| session.reset_second_factor(id).await).await;
            busy.try_set(false);
            asking.try_set(false);
            // Also after a failure: perhaps the page is old.
            member.cache.invalidate("/api/core/v1/users");
            let text = language.text_untracked();
            match answer {
                Ok(()) => toasts.success((text.user().was_reset)(&name)),
                Err(error) => toasts.failure(explain(&error, text)),
            }
        });
    };
    view! {
        <Show when=move || second_factor && member.may(Permission::UsersWrite) && !is_self(member, id)>
            <button type="button" class="btn btn-outline btn-sm" on:click=move |_| asking.set(true)>
                {tr(|t| t.user().reset)}
            </button>
            <ConfirmDialog
                open=asking
                title=Signal::derive(title)
                text=words(|t| t.user().reset_text)
                confirm=words(|t| t.user().reset_confirm)
                dangerous=true
                busy
                on_confirm=run
            />
        </Show>
    }
}
