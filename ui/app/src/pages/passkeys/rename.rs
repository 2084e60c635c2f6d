//! Another name for a passkey.

use contract::{Passkey, RenamePasskey};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use super::PasskeysState;
use crate::components::{Alert, Dialog, DialogButtons, FormState, TextField, dialog_about};
use crate::i18n::{use_language, words};

/// The form, in a dialog.
#[component]
pub fn RenameDialog() -> impl IntoView {
    let state: PasskeysState = expect_context();
    let (open, subject) = dialog_about(state.renaming);
    view! {
        <Dialog open title=words(|t| t.passkeys().rename_title)>
            {move || subject.get().map(|passkey| view! { <RenameForm passkey open/> })}
        </Dialog>
    }
}

#[component]
fn RenameForm(passkey: Passkey, open: RwSignal<bool>) -> impl IntoView {
    let state: PasskeysState = expect_context();
    let language = use_language();
    let name = RwSignal::new(passkey.name.to_string());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = RenamePasskey { name: name.get_untracked() };
        form.submit(element.into(), request.parse(), async move || {
            let ask = state.member.ask(async |session| session.rename_passkey(passkey.id, &request).await);
            let renamed = ask.await?;
            state.outdate();
            state.toasts.success((language.text_untracked().passkeys().renamed)(renamed.name.as_str()));
            open.try_set(false);
            state.focus();
            Ok(())
        });
    };
    view! {
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <Alert error=form.failure/>
            <TextField
                name="name"
                label=|t| t.passkeys().name
                hint=|t| t.passkeys().name_hint
                value=name
                error=form.field("name")
            />
            <DialogButtons open submit=words(|t| t.common().save) busy=form.busy/>
        </form>
    }
}
