//! What an API key may do.

use contract::FieldError;
use leptos::prelude::*;

use crate::components::{CheckboxGroup, CheckboxRow};
use crate::i18n::{tr, use_language};
use crate::state::Member;

/// A box for every permission that the person has: nobody passes on what they don't have.
#[component]
pub fn ScopesField(
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
            view! { <CheckboxRow name="scopes" value chosen>{words}</CheckboxRow> }
        });
        boxes.collect::<Vec<_>>()
    };
    view! {
        <Show
            when=move || member.permissions().iter().next().is_some()
            fallback=|| view! { <p class="text-muted">{tr(|t| t.api_keys().scopes_none)}</p> }
        >
            <CheckboxGroup
                name="scopes"
                label=|t| t.api_keys().scopes
                hint=|t| t.api_keys().scopes_hint
                error
            >
                {boxes}
            </CheckboxGroup>
        </Show>
    }
}
