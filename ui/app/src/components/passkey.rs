//! The way to a passkey.

use leptos::task::spawn_local;
use leptos::{html, prelude::*};

use super::icon::{self, Glyph};
use crate::api::ApiError;
use crate::i18n::{TextKey, tr};
use crate::passkey::{self, PasskeySupport};
use crate::state::Ongoing;

/// Has the browser ask for a passkey; leaving it ends that.
#[component]
pub fn PasskeyButton<A>(
    /// Its words.
    label: TextKey,
    /// Asking, and doing what it is asked for.
    ask: A,
    /// Why that didn't work.
    failure: RwSignal<Option<ApiError>>,
    /// Whether it has the focus at once.
    #[prop(optional)]
    focused: bool,
) -> impl IntoView
where
    A: AsyncFn() -> Result<(), ApiError> + Copy + 'static,
{
    let element = NodeRef::<html::Button>::new();
    let busy = RwSignal::new(false);
    let asking = Ongoing::until_left();
    let press = move |_| {
        if busy.get_untracked() {
            return;
        }
        failure.set(None);
        busy.set(true);
        let work = asking.begin(async move {
            let outcome = ask().await;
            busy.try_set(false);
            failure.try_set(outcome.err());
        });
        spawn_local(async move { _ = work.await });
    };
    Effect::new(move || {
        if let Some(element) = element.get().filter(|_| focused) {
            // It fails for elements that cannot have the focus; this one can.
            request_animation_frame(move || _ = element.focus());
        }
    });
    view! {
        <button
            node_ref=element
            type="button"
            class="btn w-full"
            aria-disabled=move || busy.get().to_string()
            on:click=press
        >
            <Show
                when=move || busy.get()
                fallback=|| view! { <Glyph icon=icon::FINGERPRINT class="size-4 text-muted"/> }
            >
                <span class="loading loading-spinner loading-xs"></span>
            </Show>
            {tr(label)}
        </button>
    }
}

/// Why there is no such button, where there is none.
#[component]
pub fn PasskeysMissing() -> impl IntoView {
    let reason: Option<TextKey> = match passkey::support() {
        PasskeySupport::There => None,
        PasskeySupport::WrongPlace => Some(|t| t.passkey().wrong_place),
        PasskeySupport::Insecure => Some(|t| t.passkey().insecure),
        PasskeySupport::Missing => Some(|t| t.passkey().missing),
    };
    reason.map(|reason| view! { <p class="text-muted">{tr(reason)}</p> })
}
