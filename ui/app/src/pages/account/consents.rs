//! Which applications may know something of one, and how to withdraw it.

use contract::{Consent, Page};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::icon::{self, Glyph};
use crate::components::{ConfirmDialog, Day, EmptyState, ListPanel, dialog_about, explain, focus_place};
use crate::i18n::{Text, tr, use_language, words};
use crate::state::{Member, Query, Toasts};

/// Where the API has them.
const CONSENTS: &str = "/api/core/v1/auth/consents";

/// The list.
#[component]
pub fn Consents() -> impl IntoView {
    let member: Member = expect_context();
    let consents = Query::<Page<Consent>>::new(member, || Some(CONSENTS.to_owned()));
    let withdrawing = RwSignal::new(None);
    let region = NodeRef::<html::Div>::new();
    let nothing = || {
        view! {
            <EmptyState
                icon=icon::APP_WINDOW
                title=words(|t| t.consents().empty_title)
                text=words(|t| t.consents().empty_text)
            />
        }
    };
    view! {
        // The focus goes here when the button that had it goes with its application.
        <div node_ref=region tabindex="-1" class="outline-none">
            <ListPanel list=consents.list() rows=2 empty=nothing class="rounded-field border border-base-300">
                <ul>
                    <For
                        each=move || consents.items()
                        key=|consent| (consent.client_id, consent.given_at)
                        let:consent
                    >
                        <ConsentItem consent withdrawing/>
                    </For>
                </ul>
            </ListPanel>
            <WithdrawDialog withdrawing region/>
        </div>
    }
}

#[component]
fn ConsentItem(consent: Consent, withdrawing: RwSignal<Option<Consent>>) -> impl IntoView {
    let language = use_language();
    let subject = StoredValue::new(consent.clone());
    let name = consent.client_name.to_string();
    let label = {
        let name = name.clone();
        move || (language.text().consents().withdraw_label)(&name)
    };
    view! {
        <li class="flex items-start gap-3 border-b border-base-300 px-4 py-3 last:border-0">
            <Glyph icon=icon::APP_WINDOW class="mt-0.5 size-4.5 shrink-0 text-muted"/>
            <div class="min-w-0 flex-1">
                <p class="font-medium wrap-anywhere">{name}</p>
                <p class="mt-0.5 text-pretty">{move || in_words(&consent, language.text())}</p>
                <p class="mt-1 text-xs text-muted">
                    {tr(|t| t.consents().since)} " " <Day at=subject.with_value(|consent| consent.given_at)/>
                </p>
            </div>
            <button
                type="button"
                class="btn btn-sm"
                aria-label=label
                on:click=move |_| withdrawing.set(Some(subject.get_value()))
            >
                {tr(|t| t.consents().withdraw)}
            </button>
        </li>
    }
}

/// Asks first, naming the application; then does it.
#[component]
fn WithdrawDialog(withdrawing: RwSignal<Option<Consent>>, region: NodeRef<html::Div>) -> impl IntoView {
    let member: Member = expect_context();
    let toasts: Toasts = expect_context();
    let language = use_language();
    let (open, subject) = dialog_about(withdrawing);
    let of_subject = move |words: fn(Text) -> fn(&str) -> String| {
        let name = subject.with(|consent| consent.as_ref().map(|consent| consent.client_name.to_string()));
        words(language.text())(&name.unwrap_or_default())
    };
    let busy = RwSignal::new(false);
    let withdraw = move |()| {
        let Some(consent) = subject.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            let answer = member.ask(async |session| session.withdraw_consent(consent.client_id).await).await;
            let text = language.text_untracked();
            busy.try_set(false);
            open.try_set(false);
            match answer {
                Ok(()) => {
                    toasts.success((text.consents().withdrawn)(consent.client_name.as_str()));
                    focus_place(region);
                }
                Err(error) => toasts.failure(explain(&error, text)),
            }
            // Also after a failure: perhaps the list is old.
            member.cache.invalidate(CONSENTS);
        });
    };
    view! {
        <ConfirmDialog
            open
            title=Signal::derive(move || of_subject(|t| t.consents().withdraw_title))
            text=Signal::derive(move || of_subject(|t| t.consents().withdraw_text))
            confirm=words(|t| t.consents().withdraw)
            dangerous=true
            busy
            on_confirm=withdraw
        />
    }
}

/// What the application may.
fn in_words(consent: &Consent, text: Text) -> String {
    let scopes: Vec<_> = consent.scopes.iter().map(|scope| text.scope(scope)).collect();
    scopes.join(" · ")
}
