//! Whether an application may know who one is.

use contract::{Scope, ScopeSet};
use leptos::prelude::*;

use super::state::AuthorizeState;
use super::{DenyButton, OwnAccount};
use crate::components::icon::{self, Glyph};
use crate::components::{Alert, PageHeading, SubmitButton};
use crate::i18n::{tr, use_language, words};

/// The question: who asks for what, of which account.
#[component]
pub fn ConsentForm(
    /// Which application.
    application: String,
    /// What it asks for.
    scopes: ScopeSet,
) -> impl IntoView {
    let language = use_language();
    let application = StoredValue::new(application);
    let title = move || application.with_value(|name| (language.text().authorize().title)(name));
    let lead = move || application.with_value(|name| (language.text().authorize().lead)(name));
    let lasting = scopes.has(Scope::OfflineAccess);
    let scopes = StoredValue::new(scopes);
    view! {
        <PageHeading title=Signal::derive(title)/>
        <p class="mt-1 mb-3 wrap-anywhere text-muted">{lead}</p>
        <ul class="mb-5 flex flex-col gap-2">
            {scopes.with_value(|scopes| scopes.iter().map(|scope| view! { <ScopeLine scope/> }).collect::<Vec<_>>())}
        </ul>
        <Show when=move || lasting>
            <p class="mb-5 text-pretty text-muted">{tr(|t| t.authorize().lasting)}</p>
        </Show>
        <OwnAccount/>
        <Decision/>
    }
}

#[component]
fn ScopeLine(scope: Scope) -> impl IntoView {
    let language = use_language();
    view! {
        <li class="flex items-start gap-2.5">
            <Glyph icon=icon::CHECK class="mt-0.5 size-4 shrink-0 text-success"/>
            <span>{move || language.text().scope(scope)}</span>
        </li>
    }
}

/// Yes or no, and where both lead.
#[component]
fn Decision() -> impl IntoView {
    let state: AuthorizeState = expect_context();
    let language = use_language();
    let site = state.site();
    let destination = move || (language.text().authorize().destination)(&site);
    view! {
        <form
            class="mt-5 flex flex-col gap-2"
            on:submit=move |event| {
                event.prevent_default();
                state.decide(true);
            }
        >
            <Alert error=state.failure/>
            <SubmitButton label=words(|t| t.authorize().allow) busy=state.busy class="w-full"/>
            <DenyButton/>
        </form>
        <p class="mt-4 text-xs text-pretty wrap-anywhere text-muted">
            {destination} " " {tr(|t| t.authorize().withdrawable)}
        </p>
    }
}
