//! Signing in with e-mail address and password.

use contract::{LoginRequest, Transport};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use crate::api::Visitor;
use crate::components::{Alert, FormState, PageIntro, PasswordField, SubmitButton, TextField};
use crate::i18n::{tr, words};
use crate::navigation::FORGOT_PASSWORD;
use crate::state::Authentication;

/// The form; who has signed in is sent on by the routes.
#[component]
pub fn SignInPage(
    /// Who signs in.
    visitor: Visitor,
) -> impl IntoView {
    let authentication: Authentication = expect_context();
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let visitor = StoredValue::new_local(visitor);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = LoginRequest {
            email: email.get_untracked(),
            password: password.get_untracked(),
            transport: Transport::Cookie,
        };
        let visitor = visitor.get_value();
        form.submit(element.into(), request.parse(), async move || {
            let session = visitor.sign_in(&request).await?;
            authentication.signed_in(session).await
        });
    };
    view! {
        <PageIntro title=|t| t.sign_in().title lead=|t| t.sign_in().lead/>
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <Alert error=form.failure/>
            <TextField
                name="email"
                label=|t| t.field().email
                kind="email"
                autocomplete="username"
                value=email
                error=form.field("email")
            />
            <PasswordField
                name="password"
                label=|t| t.field().password
                value=password
                autocomplete="current-password"
                error=form.field("password")
            />
            <SubmitButton
                label=words(|t| t.sign_in().submit)
                busy=form.busy
                class="mt-1 w-full"
            />
        </form>
        <p class="mt-4 text-center">
            <a class="link link-hover font-medium text-primary" href=FORGOT_PASSWORD>
                {tr(|t| t.sign_in().forgotten)}
            </a>
        </p>
    }
}
