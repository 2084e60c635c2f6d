//! A key that has just been made.

use contract::CreatedApiKey;
use leptos::prelude::*;

use super::KeysState;
use crate::components::ShownOnce;
use crate::i18n::{tr, use_language};

/// The key, if there is one, the one time that it is shown.
#[component]
pub fn CreatedKey() -> impl IntoView {
    let state: KeysState = expect_context();
    move || state.created.get().map(|created| view! { <Secret created/> })
}

#[component]
fn Secret(created: CreatedApiKey) -> impl IntoView {
    let state: KeysState = expect_context();
    let language = use_language();
    let name = created.api_key.name.to_string();
    view! {
        <div class="mb-5">
            <ShownOnce
                id="created-key"
                title=Signal::derive(move || (language.text().api_keys().created_title)(&name))
                text=|t| t.api_keys().created_text
                secret=created.token
                copy=|t| t.api_keys().copy
                done=|t| t.api_keys().done
                on_done=Callback::new(move |()| state.put_away())
            >
                <p class="mt-4">{tr(|t| t.api_keys().example)}</p>
                <pre class="mt-1.5 rounded-field border border-base-300 bg-base-200 px-3 py-2.5 font-mono text-xs wrap-anywhere whitespace-pre-wrap">
                    <code>{example()}</code>
                </pre>
            </ShownOnce>
        </div>
    }
}

/// Without the key itself, which would stay in the shell's history.
fn example() -> String {
    // It fails for a page of no site only.
    let origin = window().location().origin().unwrap_or_default();
    format!(r#"curl -H "Authorization: Bearer $MATRICE_API_KEY" {origin}/api/core/v1/me"#)
}
