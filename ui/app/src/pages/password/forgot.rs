//! Asking for a link to choose another password.

use contract::ForgotPasswordRequest;
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use crate::api::Visitor;
use crate::components::{Alert, FormState, PageIntro, SubmitButton, TextField};
use crate::i18n::{tr, words};
use crate::navigation::SIGN_IN;

/// The form, and then always the same news: whether an account has the address is nobody's business.
#[component]
pub fn ForgotPasswordPage(
    /// Who asks.
    visitor: Visitor,
) -> impl IntoView {
    let sent = RwSignal::new(false);
    let visitor = StoredValue::new_local(visitor);
    view! {
        {move || {
            if sent.get() {
                view! { <PageIntro title=|t| t.password().sent_title lead=|t| t.password().sent_text/> }.into_any()
            } else {
                view! { <ForgotPasswordForm visitor=visitor.get_value() sent/> }.into_any()
            }
        }}
        <a class="btn w-full" href=SIGN_IN>{tr(|t| t.password().to_sign_in)}</a>
    }
}

#[component]
fn ForgotPasswordForm(visitor: Visitor, sent: RwSignal<bool>) -> impl IntoView {
    let email = RwSignal::new(String::new());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let visitor = StoredValue::new_local(visitor);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = ForgotPasswordRequest { email: email.get_untracked() };
        let visitor = visitor.get_value();
        form.submit(element.into(), request.parse(), async move || {
            visitor.forgot_password(&request).await?;
            sent.try_set(true);
            Ok(())
        });
    };
    view! {
        <PageIntro title=|t| t.password().forgot_title lead=|t| t.password().forgot_lead/>
        <form node_ref=element class="mb-3 flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <Alert error=form.failure/>
            <TextField
                name="email"
                label=|t| t.field().email
                kind="email"
                autocomplete="username"
                value=email
                error=form.field("email")
            />
            <SubmitButton
                label=words(|t| t.password().forgot_submit)
                busy=form.busy
                class="mt-1 w-full"
            />
        </form>
    }
}
