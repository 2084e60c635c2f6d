//! One passkey of the list.

use contract::Passkey;
use leptos::prelude::*;

use super::PasskeysState;
use crate::components::Timestamp;
use crate::components::icon::{self, Glyph, Icon};
use crate::i18n::{tr, use_language};

/// What it is called, whether it is lost with its device, and since when.
#[component]
pub fn PasskeyItem(passkey: Passkey) -> impl IntoView {
    let state: PasskeysState = expect_context();
    let language = use_language();
    let name = passkey.name.to_string();
    let labelled = |label: fn(crate::i18n::Text) -> fn(&str) -> String| {
        let name = name.clone();
        Signal::derive(move || label(language.text())(&name))
    };
    let rename_label = labelled(|t| t.passkeys().rename_label);
    let remove_label = labelled(|t| t.passkeys().remove_label);
    let passkey = StoredValue::new(passkey);
    view! {
        <li class="flex items-start gap-3 border-b border-base-300 px-4 py-3 last:border-0">
            <Glyph icon=icon::FINGERPRINT class="mt-0.5 size-4.5 shrink-0 text-muted"/>
            <div class="min-w-0 flex-1">
                <p class="font-medium wrap-anywhere">{name}</p>
                <Facts passkey=passkey.get_value()/>
            </div>
            <ItemButton
                icon=icon::PENCIL
                label=rename_label
                on_press=move |()| state.renaming.set(Some(passkey.get_value()))
            />
            <ItemButton
                icon=icon::TRASH_2
                label=remove_label
                on_press=move |()| state.removing.set(Some(passkey.get_value()))
            />
        </li>
    }
}

#[component]
fn Facts(passkey: Passkey) -> impl IntoView {
    let kept = if passkey.backed_up { tr(|t| t.passkeys().synced) } else { tr(|t| t.passkeys().not_synced) };
    let last_use = match passkey.last_used_at {
        Some(at) => view! { {tr(|t| t.passkeys().used_at)} " " <Timestamp at/> }.into_any(),
        None => tr(|t| t.passkeys().never_used).into_any(),
    };
    view! {
        <p class="mt-0.5 flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-muted">
            <span>{tr(|t| t.passkeys().added_at)} " " <Timestamp at=passkey.created_at/></span>
            <span>{last_use}</span>
            <span>{kept}</span>
        </p>
    }
}

#[component]
fn ItemButton(icon: Icon, label: Signal<String>, #[prop(into)] on_press: Callback<()>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn btn-ghost btn-sm btn-square -mx-1 text-muted"
            aria-label=label
            title=label
            on:click=move |_| on_press.run(())
        >
            <Glyph icon/>
        </button>
    }
}
