//! Signing in with e-mail address and password.

use contract::{LoginRequest, Transport};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use crate::api::Visitor;
use crate::components::{Alert, FormState, PageHeading, PasswordField, SubmitButton, TextField};
use crate::i18n::{tr, words};
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
        <PageHeading title=words(|t| t.sign_in.title)/>
        <p class="mt-1 mb-6 text-muted">{tr(|t| t.sign_in.lead)}</p>
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <Alert error=form.failure/>
            <TextField
                name="email"
                label=|t| t.field.email
                kind="email"
                autocomplete="username"
                value=email
                error=form.field("email")
            />
            <PasswordField value=password autocomplete="current-password" error=form.field("password")/>
            <SubmitButton
                label=words(|t| t.sign_in.submit)
                busy=form.busy
                class="mt-1 w-full"
            />
        </form>
    }
}
