//! A form's life: checked here first, sent once, and told what the API thinks of it.

use contract::{FieldError, FieldErrors};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Element;

use crate::api::ApiError;
use crate::browser;

/// What a form is at.
#[derive(Clone, Copy)]
pub struct FormState {
    errors: RwSignal<Vec<FieldError>>,
    /// Why it was refused as a whole.
    pub failure: RwSignal<Option<ApiError>>,
    /// Whether an answer is awaited; until then it cannot be sent again.
    pub busy: RwSignal<bool>,
}

impl FormState {
    /// Nothing done yet.
    pub fn new() -> Self {
        Self { errors: RwSignal::new(Vec::new()), failure: RwSignal::new(None), busy: RwSignal::new(false) }
    }

    /// What is wrong with a field.
    pub fn field(self, name: &'static str) -> Signal<Option<FieldError>> {
        Signal::derive(move || {
            self.errors.with(|errors| errors.iter().find(|error| error.field == name).cloned())
        })
    }

    /// Sends the form unless a check refuses it; either way the person sees what is wrong, with the
    /// focus on the first field that is.
    pub fn submit<C>(
        self,
        form: Element,
        check: Result<C, FieldErrors>,
        send: impl AsyncFnOnce() -> Result<(), ApiError> + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.failure.set(None);
        if let Err(errors) = check {
            self.refuse(&form, errors.into_vec());
            return;
        }
        self.errors.set(Vec::new());
        self.busy.set(true);
        spawn_local(async move {
            let outcome = send().await;
            // Where it went well, the form may be gone by now, and its state with it.
            self.busy.try_set(false);
            if let Err(error) = outcome {
                self.settle(&form, error);
            }
        });
    }

    fn settle(self, form: &Element, error: ApiError) {
        if error.fields().is_empty() {
            self.failure.try_set(Some(error));
        } else {
            self.refuse(form, error.fields().to_vec());
        }
    }

    fn refuse(self, form: &Element, errors: Vec<FieldError>) {
        self.errors.try_set(errors);
        browser::focus_first(form, "[aria-invalid=true]");
    }
}

impl Default for FormState {
    fn default() -> Self {
        Self::new()
    }
}

/// Sends its form; shows that it is being sent, and cannot be pressed meanwhile.
#[component]
pub fn SubmitButton(
    /// Its word.
    #[prop(into)]
    label: Signal<String>,
    /// Whether an answer is awaited.
    #[prop(into)]
    busy: Signal<bool>,
    /// Whether it takes something away.
    #[prop(optional, into)]
    dangerous: Signal<bool>,
    /// Size.
    #[prop(default = "")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <button
            type="submit"
            class=move || format!("btn {class} {}", if dangerous.get() { "btn-error" } else { "btn-primary" })
            // Not `disabled`: that would take the focus away from who pressed it.
            aria-disabled=move || busy.get().to_string()
            on:click=move |event| {
                if busy.get_untracked() {
                    event.prevent_default();
                }
            }
        >
            <span class="grid items-center justify-items-center">
                <span class="col-start-1 row-start-1" class:invisible=busy>{label}</span>
                <Show when=move || busy.get()>
                    <span class="loading loading-spinner loading-xs col-start-1 row-start-1"></span>
                </Show>
            </span>
        </button>
    }
}
