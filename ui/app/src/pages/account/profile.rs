//! How one is shown to others.

use contract::UpdateMe;
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use crate::components::{Alert, FormState, SubmitButton, TextField};
use crate::i18n::{use_language, words};
use crate::state::{Member, Toasts};

/// The name.
#[component]
pub fn ProfileForm() -> impl IntoView {
    let language = use_language();
    let member: Member = expect_context();
    let toasts: Toasts = expect_context();
    let display_name = RwSignal::new(member.me.with_untracked(|me| me.display_name.to_string()));
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let changes = UpdateMe { display_name: Some(display_name.get_untracked()), ..UpdateMe::default() };
        form.submit(element.into(), changes.parse(), async move || {
            let me = member.ask(async |session| session.update_me(&changes).await).await?;
            display_name.try_set(me.display_name.to_string());
            member.me.set(me);
            member.cache.invalidate("/api/core/v1/users");
            toasts.success(language.text_untracked().common().saved);
            Ok(())
        });
    };
    view! {
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <Alert error=form.failure/>
            <TextField
                name="display_name"
                label=|t| t.field().display_name
                autocomplete="name"
                value=display_name
                error=form.field("display_name")
            />
            <div>
                <SubmitButton
                    label=words(|t| t.common().save)
                    busy=form.busy
                    class="btn-sm"
                />
            </div>
        </form>
    }
}
