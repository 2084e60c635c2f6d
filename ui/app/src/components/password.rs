//! A password, hidden until asked for.

use contract::FieldError;
use leptos::{ev::KeyboardEvent, prelude::*};

use super::field::{FieldNotes, described_by};
use super::icon::{self, Glyph};
use crate::i18n::{TextKey, tr, use_language};

/// Tells password managers whose password the field beside it asks for.
#[component]
pub fn PasswordOwner(
    /// The account's address.
    email: Signal<String>,
) -> impl IntoView {
    view! { <input type="text" name="username" autocomplete="username" hidden readonly prop:value=email/> }
}

/// A password field; says when Caps Lock is on.
#[component]
pub fn PasswordField(
    /// Its name in the request.
    name: &'static str,
    /// Its id on the page, where another field has that name.
    #[prop(default = name)]
    id: &'static str,
    /// Its label.
    label: TextKey,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    error: Signal<Option<FieldError>>,
    /// `current-password` or `new-password`: what password managers go by.
    autocomplete: &'static str,
    /// A line of advice.
    #[prop(optional)]
    hint: Option<TextKey>,
) -> impl IntoView {
    let language = use_language();
    let shown = RwSignal::new(false);
    let caps_lock = RwSignal::new(false);
    let invalid = move || error.with(Option::is_some);
    let toggle = move || {
        let text = language.text();
        if shown.get() { text.field().hide_password } else { text.field().show_password }
    };
    let note_caps_lock = move |event: KeyboardEvent| caps_lock.set(event.get_modifier_state("CapsLock"));
    view! {
        <div>
            <label class="mb-1.5 block font-medium" for=id>{tr(label)}</label>
            <div class="relative">
                <input
                    id=id
                    name=name
                    type=move || if shown.get() { "text" } else { "password" }
                    class="input w-full pr-10"
                    class:input-error=invalid
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    required=true
                    aria-invalid=move || invalid().to_string()
                    aria-describedby=described_by(id)
                    prop:value=value
                    on:input=move |event| value.set(event_target_value(&event))
                    on:keyup=note_caps_lock
                    on:blur=move |_| caps_lock.set(false)
                />
                <button
                    type="button"
                    class="btn btn-ghost btn-sm btn-square absolute top-1 right-1 z-1 text-muted"
                    aria-label=toggle
                    title=toggle
                    aria-controls=id
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {move || view! { <Glyph icon=if shown.get() { icon::EYE_OFF } else { icon::EYE }/> }}
                </button>
            </div>
            <p class="mt-1.5 text-xs font-medium text-warning empty:hidden" aria-live="polite">
                {move || caps_lock.get().then(|| language.text().field().caps_lock)}
            </p>
            <FieldNotes name=id error hint/>
        </div>
    }
}
