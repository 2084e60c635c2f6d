//! A copy of what is kept about oneself.

use contract::FieldErrors;
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use crate::browser;
use crate::components::{Alert, FormState, SubmitButton};
use crate::i18n::{tr, use_language, words};
use crate::state::{Member, Toasts};

/// Asked for like everything else, so that an access that has run out is renewed and a refusal can be read; then saved
/// as a file.
#[component]
pub fn ExportAccount() -> impl IntoView {
    let language = use_language();
    let member: Member = expect_context();
    let toasts: Toasts = expect_context();
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        form.submit(element.into(), Ok::<_, FieldErrors>(()), async move || {
            let path = "/api/core/v1/auth/account/export";
            let export = member.ask(async |session| session.read(path).await).await?;
            browser::save_file("matrice-account.json", "application/json", &export);
            toasts.success(language.text_untracked().own_data().exported);
            Ok(())
        });
    };
    view! {
        <form node_ref=element class="flex flex-col gap-3" method="post" on:submit=submit>
            <p class="text-muted">{tr(|t| t.own_data().export_text)}</p>
            <Alert error=form.failure/>
            <div><SubmitButton label=words(|t| t.own_data().export) busy=form.busy class="btn-sm"/></div>
        </form>
    }
}
