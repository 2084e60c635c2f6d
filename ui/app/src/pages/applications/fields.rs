//! The fields of an application, for a new one and for one that there is.

use contract::{ClientKind, Scope};
use leptos::prelude::*;

use super::draft::Draft;
use crate::components::{
    CheckboxField, CheckboxGroup, CheckboxRow, Choice, FormState, LinesField, PermissionsField, TextField,
};
use crate::i18n::{TextKey, tr, use_language};

/// All but the kind, which never changes.
#[component]
pub fn ClientFields(
    /// What is in them.
    draft: Draft,
    /// The form that they are in.
    form: FormState,
) -> impl IntoView {
    view! {
        <TextField
            name="name"
            label=|t| t.client_fields().name
            hint=|t| t.applications().name_hint
            value=draft.name
            error=form.field("name")
        />
        <LinesField
            name="redirect_uris"
            label=|t| t.client_fields().redirect_uris
            hint=|t| t.applications().redirect_uris_hint
            value=draft.redirect_uris
            error=form.field("redirect_uris")
        />
        <LinesField
            name="post_logout_redirect_uris"
            label=|t| t.client_fields().post_logout_redirect_uris
            hint=|t| t.applications().post_logout_redirect_uris_hint
            value=draft.post_logout_redirect_uris
            error=form.field("post_logout_redirect_uris")
        />
        <ScopesField draft form/>
        <CheckboxField
            name="skip_consent"
            label=|t| t.client_fields().skip_consent
            hint=|t| t.applications().skip_consent_text
            ticked=draft.skip_consent
        />
        <Show when=move || draft.has_secret()>
            <PermissionsField
                name="permissions"
                label=|t| t.client_fields().permissions
                hint=|t| t.applications().permissions_hint
                none=|t| t.applications().permissions_none
                chosen=draft.permissions
                error=form.field("permissions")
            />
        </Show>
    }
}

/// Whether it can keep a secret, and what that means.
#[component]
pub fn KindField(
    /// What is chosen.
    kind: RwSignal<ClientKind>,
) -> impl IntoView {
    let options = vec![
        (ClientKind::Confidential, None, (|t| t.applications().confidential) as TextKey),
        (ClientKind::Public, None, |t| t.applications().public),
    ];
    let confidential = tr(|t| t.applications().confidential_text);
    let public = tr(|t| t.applications().public_text);
    view! {
        <div>
            <p class="mb-1.5 font-medium">{tr(|t| t.applications().kind)}</p>
            <Choice
                label=|t| t.applications().kind
                name="kind"
                options
                value=kind
                on_choose=move |chosen| kind.set(chosen)
            />
            <p class="mt-1.5 text-xs text-muted" aria-live="polite">
                {move || match kind.get() {
                    ClientKind::Confidential => confidential(),
                    ClientKind::Public => public(),
                }}
            </p>
        </div>
    }
}

/// A box for every scope, in the words that people will read. Without the first there are no others.
#[component]
fn ScopesField(draft: Draft, form: FormState) -> impl IntoView {
    let language = use_language();
    let boxes = Scope::ALL.map(|scope| {
        let disabled = Signal::derive(move || scope != Scope::Openid && !draft.signs_in());
        view! {
            <CheckboxRow name="scopes" value=scope.as_str().to_owned() chosen=draft.scopes disabled>
                <span class="block">{move || language.text().scope(scope)}</span>
                <span class="block font-mono text-xs text-muted">{scope.as_str()}</span>
            </CheckboxRow>
        }
    });
    view! {
        <CheckboxGroup
            name="scopes"
            label=|t| t.client_fields().scopes
            hint=|t| t.applications().scopes_hint
            error=form.field("scopes")
        >
            {boxes.into_iter().collect::<Vec<_>>()}
        </CheckboxGroup>
    }
}
