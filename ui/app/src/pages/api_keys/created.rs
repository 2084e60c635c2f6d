//! A key that has just been made: in sight until it is put away or the page is left, and never again.

use contract::CreatedApiKey;
use leptos::{html, prelude::*};

use super::KeysState;
use crate::components::{CopyButton, warn_before_leaving};
use crate::i18n::{tr, use_language};

/// The key, if there is one: on the page and not in a dialog, which a slip of the finger closes.
#[component]
pub fn CreatedKey() -> impl IntoView {
    let state: KeysState = expect_context();
    move || state.created.get().map(|created| view! { <Secret created/> })
}

#[component]
fn Secret(created: CreatedApiKey) -> impl IntoView {
    let state: KeysState = expect_context();
    let language = use_language();
    warn_before_leaving(Signal::stored(true));
    let name = created.api_key.name.to_string();
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get() {
            // Once the dialog has closed and given the focus back. It fails for elements that cannot have
            // the focus; this one can.
            request_animation_frame(move || _ = heading.focus());
        }
    });
    view! {
        <section class="panel mb-5 border-primary/50 p-5" aria-labelledby="created-key">
            <h2 id="created-key" node_ref=heading tabindex="-1" class="font-semibold wrap-anywhere outline-none">
                {move || (language.text().api_keys().created_title)(&name)}
            </h2>
            <p class="mt-1 text-muted">{tr(|t| t.api_keys().created_text)}</p>
            <p class="mt-4 rounded-field border border-base-300 bg-base-200 px-3 py-2.5 font-mono wrap-anywhere select-all">
                {created.token.clone()}
            </p>
            <p class="mt-4">{tr(|t| t.api_keys().example)}</p>
            <pre class="mt-1.5 rounded-field border border-base-300 bg-base-200 px-3 py-2.5 font-mono text-xs wrap-anywhere whitespace-pre-wrap">
                <code>{example()}</code>
            </pre>
            <div class="mt-5 flex flex-wrap gap-2">
                <CopyButton label=|t| t.api_keys().copy text=created.token class="btn-primary"/>
                <button type="button" class="btn btn-sm" on:click=move |_| state.put_away()>
                    {tr(|t| t.api_keys().done)}
                </button>
            </div>
        </section>
    }
}

/// Without the key itself, which would stay in the shell's history.
fn example() -> String {
    // It fails for a page of no site only.
    let origin = window().location().origin().unwrap_or_default();
    format!(r#"curl -H "Authorization: Bearer $MATRICE_API_KEY" {origin}/api/core/v1/me"#)
}
