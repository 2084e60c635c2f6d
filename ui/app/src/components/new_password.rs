//! A password to be chosen: while it is typed, how hard it is to guess and what would help.

use std::time::Duration;

use contract::{FieldError, PasswordAdvice, PasswordStrength};
use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::password::PasswordField;
use crate::i18n::{TextKey, tr, use_language};

/// How long typing must pause before it is judged, and said.
const PAUSE: Duration = Duration::from_millis(300);

/// Judges a password of whoever has that address and that name, as far as the form knows them. The lists of words that
/// this takes are fetched when it is first asked; `None` where that fails: then the API alone decides.
#[derive(Clone, Copy)]
pub struct PasswordJudge(
    /// Told the password, the address and the name.
    pub fn(String, String, String) -> LocalBoxFuture<'static, Option<PasswordStrength>>,
);

/// The field of a password that is being chosen.
#[component]
pub fn NewPasswordField(
    /// Its name in the request.
    #[prop(default = "password")]
    name: &'static str,
    /// Its label.
    #[prop(default = |t| t.field().password)]
    label: TextKey,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    error: Signal<Option<FieldError>>,
    /// The address of the one who chooses.
    #[prop(optional, into)]
    email: Signal<String>,
    /// Their name.
    #[prop(optional, into)]
    display_name: Signal<String>,
) -> impl IntoView {
    let judge = use_context::<PasswordJudge>();
    let strength = RwSignal::new(None::<PasswordStrength>);
    let prepare = move |_| {
        if let Some(PasswordJudge(judge)) = judge {
            spawn_local(async move { _ = judge(String::new(), String::new(), String::new()).await });
        }
    };
    let judge_typed = move |password: String| {
        let Some(PasswordJudge(judge)) = judge.filter(|_| !password.is_empty()) else { return };
        // The form may be gone by the end of the pause, and what it had with it.
        let own = |text: Signal<String>| Some(text.try_get_untracked()?.trim().to_owned());
        let (Some(email), Some(display_name)) = (own(email), own(display_name)) else { return };
        spawn_local(async move {
            let judged = judge(password.clone(), email, display_name).await;
            // Otherwise what was typed meanwhile is judged next.
            if value.try_get_untracked() == Some(password) {
                strength.try_set(judged);
            }
        });
    };
    let judge_later = StoredValue::new_local(debounce(PAUSE, judge_typed));
    Effect::new(move || {
        let password = value.get();
        email.track();
        display_name.track();
        if password.is_empty() {
            strength.set(None);
        }
        judge_later.update_value(|judge| judge(password));
    });
    // The API knows more, such as what one is called: its word counts until something else is typed.
    let refused = RwSignal::new(String::new());
    Effect::new(move || {
        error.track();
        refused.set(value.get_untracked());
    });
    let advice = move || {
        let told = error.get().map(|error| error.advice).unwrap_or_default();
        let stands = !told.is_empty() && refused.with(|refused| value.with(|value| refused == value));
        strength.get().filter(|_| !stands).map_or(told, |strength| strength.advice)
    };
    view! {
        <div on:focusin=prepare>
            <PasswordField
                name
                label
                value
                autocomplete="new-password"
                hint=|t| t.field().password_hint
                error
            />
            <div aria-live="polite">
                {move || strength.get().map(|strength| view! { <Meter score=strength.score/> })}
                <Advice advice=Signal::derive(advice)/>
            </div>
        </div>
    }
}

#[component]
fn Meter(score: u8) -> impl IntoView {
    let language = use_language();
    let words = move || (language.text().new_password().score)(score);
    let colour = match score {
        0 | 1 => "bg-error",
        2 => "bg-warning",
        _ => "bg-success",
    };
    let step = |step| if step <= score.max(1) { colour } else { "bg-base-300" };
    let steps: Vec<_> = (1..=4)
        .map(|number| view! { <span class=format!("h-1 flex-1 rounded-full {}", step(number))></span> })
        .collect();
    view! {
        <div
            role="meter"
            class="mt-2 flex gap-1"
            aria-label=tr(|t| t.new_password().strength)
            aria-valuemin="0"
            aria-valuemax="4"
            aria-valuenow=score.to_string()
            aria-valuetext=words
        >
            {steps}
        </div>
        <p class="mt-1.5 text-xs font-medium">{words}</p>
    }
}

/// What is wrong with it, and what would help.
#[component]
fn Advice(advice: Signal<Vec<PasswordAdvice>>) -> impl IntoView {
    let language = use_language();
    let lines = move || {
        let words = language.text().new_password().advice;
        advice.get().into_iter().map(|advice| view! { <li>{words(advice)}</li> }).collect::<Vec<_>>()
    };
    view! { <ul class="mt-1 list-disc pl-4 text-xs text-muted empty:hidden">{lines}</ul> }
}
