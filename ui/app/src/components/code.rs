//! Codes of a second factor, as they are typed.

use contract::{FieldError, SecondFactorMethod};
use leptos::{html, prelude::*};

use super::field::{FieldNotes, described_by};
use crate::i18n::{TextKey, tr};

/// What is being typed, and which kind of code it is.
#[derive(Clone, Copy)]
pub struct CodeEntry {
    method: RwSignal<SecondFactorMethod>,
    /// The kind that it may be instead.
    other: RwSignal<Option<SecondFactorMethod>>,
    code: RwSignal<String>,
    element: NodeRef<html::Input>,
}

impl CodeEntry {
    /// Nothing yet. Of what the account has, asked for is what an app shows, if it has one; `None` where it has no codes
    /// at all.
    pub fn new(methods: &[SecondFactorMethod]) -> Option<Self> {
        let kinds = [SecondFactorMethod::Totp, SecondFactorMethod::RecoveryCode];
        let mut kinds = kinds.into_iter().filter(|kind| methods.contains(kind));
        Some(Self {
            method: RwSignal::new(kinds.next()?),
            other: RwSignal::new(kinds.next()),
            code: RwSignal::new(String::new()),
            element: NodeRef::new(),
        })
    }

    /// The kind of code, as requests have it.
    pub fn method(self) -> String {
        self.method.get_untracked().as_str().to_owned()
    }

    /// What is typed.
    pub fn code(self) -> String {
        self.code.get_untracked()
    }

    /// Puts the cursor where the next code replaces the one that was wrong.
    pub fn select(self) {
        request_animation_frame(move || {
            if let Some(element) = self.element.try_get_untracked().flatten() {
                // It fails for elements that cannot have the focus; this one can.
                _ = element.focus();
                element.select();
            }
        });
    }

    fn switch(self) {
        let Some(other) = self.other.get_untracked() else { return };
        self.other.set(Some(self.method.get_untracked()));
        self.method.set(other);
        self.code.set(String::new());
        self.select();
    }
}

/// The field of a code, and the way to the other kind.
#[component]
pub fn SecondFactorField(
    /// Its id on the page.
    name: &'static str,
    /// What is typed.
    entry: CodeEntry,
    /// What is wrong with it.
    error: Signal<Option<FieldError>>,
    /// Whether it has the focus at once.
    #[prop(default = true)]
    focused: bool,
) -> impl IntoView {
    let by_app = move || entry.method.get() == SecondFactorMethod::Totp;
    let pick = move |app: TextKey, recovery: TextKey| {
        let (app, recovery) = (tr(app), tr(recovery));
        move || if by_app() { app() } else { recovery() }
    };
    Effect::new(move || {
        if focused {
            entry.select();
        }
    });
    view! {
        <div>
            <CodeField
                name
                label=Signal::derive(pick(|t| t.code().app, |t| t.code().recovery))
                numeric=Signal::derive(by_app)
                value=entry.code
                element=entry.element
                error
            />
            <Show when=move || entry.other.with(Option::is_some)>
                <button
                    type="button"
                    class="link link-hover mt-2 font-medium text-primary"
                    on:click=move |_| entry.switch()
                >
                    {pick(|t| t.code().use_recovery, |t| t.code().use_app)}
                </button>
            </Show>
        </div>
    }
}

/// The field alone. Phones show digits, and offer the code that they know.
#[component]
pub fn CodeField(
    /// Its id on the page.
    name: &'static str,
    /// Its label.
    label: Signal<&'static str>,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    error: Signal<Option<FieldError>>,
    /// Whether it is made of digits.
    #[prop(default = Signal::stored(true))]
    numeric: Signal<bool>,
    /// The input.
    #[prop(optional)]
    element: NodeRef<html::Input>,
) -> impl IntoView {
    let invalid = move || error.with(Option::is_some);
    view! {
        <div>
            <label class="mb-1.5 block font-medium" for=name>{label}</label>
            <input
                node_ref=element
                id=name
                name=name
                type="text"
                class="input w-full font-mono"
                class:input-error=invalid
                inputmode=move || if numeric.get() { "numeric" } else { "text" }
                autocomplete=move || if numeric.get() { "one-time-code" } else { "off" }
                autocapitalize="none"
                spellcheck="false"
                required=true
                aria-invalid=move || invalid().to_string()
                aria-describedby=described_by(name)
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
            <FieldNotes name error hint=None/>
        </div>
    }
}
