//! A few lines of text, each of which is a value.

use contract::FieldError;
use leptos::prelude::*;

use super::field::{FieldNotes, described_by};
use crate::i18n::{TextKey, tr};

/// A field of values, one a line.
#[component]
pub fn LinesField(
    /// Its name in the request, and its id on the page.
    name: &'static str,
    /// Its label.
    label: TextKey,
    /// A line of advice.
    hint: TextKey,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    error: Signal<Option<FieldError>>,
    /// Whether there must be one.
    #[prop(default = false)]
    required: bool,
) -> impl IntoView {
    let invalid = move || error.with(Option::is_some);
    view! {
        <div>
            <label class="mb-1.5 block font-medium" for=name>{tr(label)}</label>
            <textarea
                id=name
                name=name
                rows="3"
                class="textarea w-full font-mono"
                class:textarea-error=invalid
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                required=required
                aria-invalid=move || invalid().to_string()
                aria-describedby=described_by(name)
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            <FieldNotes name error hint=Some(hint)/>
        </div>
    }
}

/// The values that were typed: empty lines are none.
pub fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_value() {
        assert_eq!(
            lines(" https://a.example/x \r\n\n\thttps://b.example"),
            ["https://a.example/x", "https://b.example"]
        );
        assert_eq!(lines(" \n"), Vec::<String>::new());
    }
}
