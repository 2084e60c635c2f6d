//! Creating the first administrator, by the link that was printed at the start.

use contract::{SetupRequest, Transport};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};
use leptos_router::hooks::use_location;

use crate::api::Visitor;
use crate::components::{Alert, FormState, NewPasswordField, PageIntro, SubmitButton, TextField};
use crate::i18n::{tr, words};
use crate::navigation::{SIGN_IN, link_token};
use crate::state::Authentication;

/// The form, if the link has a token.
#[component]
pub fn SetupPage(
    /// Who sets up.
    visitor: Visitor,
) -> impl IntoView {
    let hash = use_location().hash;
    let visitor = StoredValue::new_local(visitor);
    move || match link_token(&hash.get()) {
        Some(token) => view! { <SetupForm visitor=visitor.get_value() token/> }.into_any(),
        None => view! { <NoToken/> }.into_any(),
    }
}

#[component]
fn SetupForm(visitor: Visitor, token: String) -> impl IntoView {
    let authentication: Authentication = expect_context();
    let display_name = RwSignal::new(String::new());
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let visitor = StoredValue::new_local(visitor);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = SetupRequest {
            token: token.clone(),
            email: email.get_untracked(),
            display_name: display_name.get_untracked(),
            password: password.get_untracked(),
            transport: Transport::Cookie,
        };
        let visitor = visitor.get_value();
        form.submit(element.into(), request.parse(), async move || {
            let session = visitor.set_up(&request).await?;
            authentication.signed_in(session).await
        });
    };
    view! {
        <PageIntro title=|t| t.setup().title lead=|t| t.setup().lead/>
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <Alert error=form.failure/>
            <TextField
                name="display_name"
                label=|t| t.field().display_name
                autocomplete="name"
                value=display_name
                error=form.field("display_name")
            />
            <TextField
                name="email"
                label=|t| t.field().email
                kind="email"
                autocomplete="username"
                value=email
                error=form.field("email")
            />
            <NewPasswordField value=password email display_name error=form.field("password")/>
            <SubmitButton
                label=words(|t| t.setup().submit)
                busy=form.busy
                class="mt-1 w-full"
            />
        </form>
    }
}

#[component]
fn NoToken() -> impl IntoView {
    view! {
        <PageIntro title=|t| t.setup().no_token_title lead=|t| t.setup().no_token_text/>
        <a class="btn w-full" href=SIGN_IN>{tr(|t| t.setup().to_sign_in)}</a>
    }
}
