//! A choice between a few things, all in sight.

use contract::Locale;
use leptos::prelude::*;

use super::icon::{self, Glyph, Icon};
use crate::i18n::{TextKey, tr, use_language};
use crate::theme::{Theme, ThemeChoice};

/// Radio buttons that look like one segmented control; the arrow keys move between them.
#[component]
pub fn Choice<T: Copy + PartialEq + Send + Sync + 'static>(
    /// What is chosen.
    label: TextKey,
    /// Tells the group's buttons from other groups'.
    name: &'static str,
    /// Every value, with its icon, if any, and its text.
    options: Vec<(T, Option<Icon>, TextKey)>,
    /// The value in force.
    #[prop(into)]
    value: Signal<T>,
    /// Told which one is chosen.
    #[prop(into)]
    on_choose: Callback<T>,
) -> impl IntoView {
    let buttons: Vec<_> = options
        .into_iter()
        .map(|(option, picture, text)| {
            view! {
                <label class="flex flex-1 cursor-pointer items-center justify-center gap-1.5 rounded-selector px-2 py-1.5 text-xs font-medium whitespace-nowrap text-muted hover:text-base-content has-checked:bg-raised has-checked:text-base-content has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-primary">
                    <input
                        type="radio"
                        class="sr-only"
                        name=name
                        prop:checked=move || value.get() == option
                        on:change=move |_| on_choose.run(option)
                    />
                    {picture.map(|picture| view! { <Glyph icon=picture class="size-3.5"/> })}
                    {tr(text)}
                </label>
            }
        })
        .collect();
    view! {
        <div role="radiogroup" aria-label=tr(label) class="flex gap-0.5 rounded-field border border-base-300 bg-base-200 p-0.5">
            {buttons}
        </div>
    }
}

/// Light, dark or as the system has it.
#[component]
pub fn ThemePicker(
    /// Tells this one from another on the same page.
    name: &'static str,
) -> impl IntoView {
    let choice: ThemeChoice = expect_context();
    let options = vec![
        (Theme::Light, Some(icon::SUN), (|t| t.shell().theme_light) as TextKey),
        (Theme::Dark, Some(icon::MOON), |t| t.shell().theme_dark),
        (Theme::System, Some(icon::MONITOR), |t| t.shell().theme_system),
    ];
    view! {
        <Choice
            label=|t| t.shell().theme
            name
            options
            value=Signal::derive(move || choice.get())
            on_choose=move |theme| choice.set(theme)
        />
    }
}

/// English or French, each in its own words.
#[component]
pub fn LanguageChoice(
    /// Tells this one from another on the same page.
    name: &'static str,
    /// Told, besides the UI itself.
    #[prop(optional, into)]
    on_change: Option<Callback<Locale>>,
) -> impl IntoView {
    let language = use_language();
    let options = vec![(Locale::En, None, (|_| "English") as TextKey), (Locale::Fr, None, |_| "Français")];
    view! {
        <Choice
            label=|t| t.shell().language
            name
            options
            value=Signal::derive(move || language.get())
            on_choose=move |locale| {
                language.set(locale);
                if let Some(on_change) = on_change {
                    on_change.run(locale);
                }
            }
        />
    }
}
