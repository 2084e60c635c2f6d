//! Changing an application.

use contract::Client;
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use super::CLIENTS;
use super::application::ApplicationState;
use super::draft::Draft;
use super::fields::ClientFields;
use crate::components::{FormState, SaveFailure, SubmitButton};
use crate::i18n::{use_language, words};
use crate::state::{Member, Toasts};

/// What can change.
#[component]
pub fn EditForm(
    /// As it is.
    client: Client,
    /// Loading the latest version.
    on_reload: Callback<()>,
) -> impl IntoView {
    let language = use_language();
    let member: Member = expect_context();
    let toasts: Toasts = expect_context();
    let state: ApplicationState = expect_context();
    let draft = Draft::of(&client);
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let changes = draft.changes(&client);
        let (id, version) = (client.id, client.version);
        form.submit(element.into(), changes.parse(), async move || {
            member.ask(async |session| session.update_client(id, version, &changes).await).await?;
            member.cache.invalidate(CLIENTS);
            toasts.success(language.text_untracked().common().saved);
            state.focus();
            Ok(())
        });
    };
    view! {
        <form node_ref=element class="flex flex-col gap-5" method="post" novalidate on:submit=submit>
            <SaveFailure error=form.failure on_reload/>
            <ClientFields draft form/>
            <div>
                <SubmitButton label=words(|t| t.common().save) busy=form.busy class="btn-sm"/>
            </div>
        </form>
    }
}
