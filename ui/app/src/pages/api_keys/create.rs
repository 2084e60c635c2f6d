//! A new API key.

use chrono::TimeDelta;
use contract::{CreateApiKey, FieldError};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use super::{KEYS, KeysState};
use crate::components::{
    Alert, Choice, Dialog, DialogButtons, FieldNotes, FormState, PermissionsField, TextField,
};
use crate::i18n::{TextKey, tr, use_language, words};
use crate::state::Member;
use crate::time;

/// The form, in a dialog.
#[component]
pub fn CreateDialog() -> impl IntoView {
    let state: KeysState = expect_context();
    view! {
        <Dialog open=state.creating title=words(|t| t.api_keys().create_title)>
            <CreateForm/>
        </Dialog>
    }
}

#[component]
fn CreateForm() -> impl IntoView {
    let state: KeysState = expect_context();
    let member: Member = expect_context();
    let name = RwSignal::new(String::new());
    let scopes = RwSignal::new(Vec::new());
    let days = RwSignal::new(CreateApiKey::DEFAULT_DAYS);
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let key = CreateApiKey {
            name: name.get_untracked(),
            scopes: scopes.get_untracked(),
            expires_in_days: Some(days.get_untracked()),
        };
        form.submit(element.into(), key.parse(), async move || {
            let created = member.ask(async |session| session.create_api_key(&key).await).await?;
            member.cache.invalidate(KEYS);
            state.creating.try_set(false);
            state.created.try_set(Some(created));
            Ok(())
        });
    };
    view! {
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <Alert error=form.failure/>
            <TextField
                name="name"
                label=|t| t.api_keys().name
                hint=|t| t.api_keys().name_hint
                value=name
                error=form.field("name")
            />
            <PermissionsField
                name="scopes"
                label=|t| t.api_keys().scopes
                hint=|t| t.api_keys().scopes_hint
                none=|t| t.api_keys().scopes_none
                chosen=scopes
                error=form.field("scopes")
            />
            <ExpiryField days error=form.field("expires_in_days")/>
            <DialogButtons open=state.creating submit=words(|t| t.api_keys().create_submit) busy=form.busy/>
        </form>
    }
}

/// After how many days, and which day that is.
#[component]
fn ExpiryField(days: RwSignal<i64>, error: Signal<Option<FieldError>>) -> impl IntoView {
    let language = use_language();
    let options = vec![
        (30, None, (|t| t.api_keys().days_30) as TextKey),
        (CreateApiKey::DEFAULT_DAYS, None, |t| t.api_keys().days_90),
        (180, None, |t| t.api_keys().days_180),
        (i64::from(CreateApiKey::MAX_DAYS), None, |t| t.api_keys().days_366),
    ];
    let last_day = move || {
        let day = time::day(time::now() + TimeDelta::days(days.get()), language.get());
        (language.text().api_keys().will_expire)(&day)
    };
    view! {
        <div>
            <p class="mb-1.5 font-medium">{tr(|t| t.api_keys().expiry)}</p>
            <Choice
                label=|t| t.api_keys().expiry
                name="expires_in_days"
                options
                value=days
                on_choose=move |chosen| days.set(chosen)
            />
            <p class="mt-1.5 text-xs text-muted" aria-live="polite">{last_day}</p>
            <FieldNotes name="expires_in_days" error hint=None/>
        </div>
    }
}
