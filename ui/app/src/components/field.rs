//! A labelled line of text, with its hint and what is wrong with it.

use contract::FieldError;
use leptos::prelude::*;

use crate::i18n::{TextKey, tr, use_language};

/// One field of a form.
#[component]
pub fn TextField(
    /// Its name in the request, and its id on the page.
    name: &'static str,
    /// Its label.
    label: TextKey,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    error: Signal<Option<FieldError>>,
    /// `email`, or plain text.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in (HTML's `autocomplete`).
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// A line of advice.
    #[prop(optional)]
    hint: Option<TextKey>,
) -> impl IntoView {
    let invalid = move || error.with(Option::is_some);
    view! {
        <div>
            <label class="mb-1.5 block font-medium" for=name>{tr(label)}</label>
            <input
                id=name
                name=name
                type=kind
                class="input w-full"
                class:input-error=invalid
                autocomplete=autocomplete
                autocapitalize=if kind == "email" { "none" } else { "words" }
                spellcheck="false"
                required=true
                aria-invalid=move || invalid().to_string()
                aria-describedby=described_by(name)
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
            <FieldNotes name error hint=hint/>
        </div>
    }
}

/// The id of the lines beneath a field.
pub fn described_by(name: &str) -> String {
    format!("{name}-notes")
}

/// What is wrong with a field, or else its hint.
#[component]
pub fn FieldNotes(
    /// The field's name.
    name: &'static str,
    /// What is wrong with it.
    error: Signal<Option<FieldError>>,
    /// A line of advice.
    hint: Option<TextKey>,
) -> impl IntoView {
    let language = use_language();
    view! {
        <div id=described_by(name) class="mt-1.5 text-xs empty:hidden">
            {move || match error.get() {
                Some(error) => {
                    let words = language.text().field_error(&error);
                    Some(view! { <p class="font-medium text-error">{words}</p> }.into_any())
                }
                None => hint.map(|hint| view! { <p class="text-muted">{tr(hint)}</p> }.into_any()),
            }}
        </div>
    }
}
