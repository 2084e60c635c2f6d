//! What somebody passes on of what they may themselves.

use contract::FieldError;
use leptos::prelude::*;

use super::checkbox::{CheckboxGroup, CheckboxRow};
use crate::i18n::{TextKey, tr, use_language};
use crate::state::Member;

/// A box for every permission that the person has: nobody passes on what they don't have.
#[component]
pub fn PermissionsField(
    /// The field's name in the request.
    name: &'static str,
    /// The title.
    label: TextKey,
    /// A line of advice.
    hint: TextKey,
    /// What it says to who has none.
    none: TextKey,
    /// The names of the permissions ticked.
    chosen: RwSignal<Vec<String>>,
    /// What is wrong with them.
    error: Signal<Option<FieldError>>,
) -> impl IntoView {
    let member: Member = expect_context();
    let language = use_language();
    let boxes = move || {
        let permissions = member.permissions();
        let boxes = permissions.iter().map(|permission| {
            let words = move || language.text().permission_title(permission);
            let value = permission.as_str().to_owned();
            view! { <CheckboxRow name value chosen>{words}</CheckboxRow> }
        });
        boxes.collect::<Vec<_>>()
    };
    view! {
        <Show
            when=move || member.permissions().iter().next().is_some()
            fallback=move || view! { <p class="text-muted">{tr(none)}</p> }
        >
            <CheckboxGroup name label hint error>{boxes}</CheckboxGroup>
        </Show>
    }
}
