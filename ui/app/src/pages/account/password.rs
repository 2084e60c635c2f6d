//! Another password.

use contract::ChangePasswordRequest;
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use crate::components::{Alert, FormState, NewPasswordField, PasswordField, PasswordOwner, SubmitButton};
use crate::i18n::{tr, use_language, words};
use crate::navigation::FORGOT_PASSWORD;
use crate::pages::sessions::OWN_SESSIONS;
use crate::state::{Member, Toasts};

/// The password until now, as the proof that the owner is at the keyboard, and the one from now on.
#[component]
pub fn PasswordForm() -> impl IntoView {
    let language = use_language();
    let member: Member = expect_context();
    let toasts: Toasts = expect_context();
    let current_password = RwSignal::new(String::new());
    let new_password = RwSignal::new(String::new());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = ChangePasswordRequest {
            current_password: current_password.get_untracked(),
            new_password: new_password.get_untracked(),
        };
        form.submit(element.into(), request.parse(), async move || {
            member.ask(async |session| session.change_password(&request).await).await?;
            current_password.try_set(String::new());
            new_password.try_set(String::new());
            member.cache.invalidate(OWN_SESSIONS);
            toasts.success(language.text_untracked().account().password_changed);
            Ok(())
        });
    };
    view! {
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <PasswordOwner email=member.email()/>
            <Alert error=form.failure/>
            <PasswordField
                name="current_password"
                label=|t| t.account().current_password
                value=current_password
                autocomplete="current-password"
                error=form.field("current_password")
            />
            <NewPasswordField
                name="new_password"
                label=|t| t.account().new_password
                value=new_password
                email=member.email()
                display_name=member.display_name()
                error=form.field("new_password")
            />
            <div class="flex flex-wrap items-center gap-x-4 gap-y-2">
                <SubmitButton
                    label=words(|t| t.account().change_password)
                    busy=form.busy
                    class="btn-sm"
                />
                <a class="link link-hover font-medium text-primary" href=FORGOT_PASSWORD>
                    {tr(|t| t.sign_in().forgotten)}
                </a>
            </div>
        </form>
    }
}
