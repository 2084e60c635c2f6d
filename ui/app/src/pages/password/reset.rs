//! Choosing another password, by the link of a mail.

use contract::{ProblemCode, ResetPasswordRequest};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::api::Visitor;
use crate::components::{Alert, FormState, NewPasswordField, PageIntro, SubmitButton};
use crate::i18n::{TextKey, tr, use_language, words};
use crate::navigation::{FORGOT_PASSWORD, SIGN_IN, link_token};
use crate::state::{Authentication, Member, Toasts};

/// The form, if the link has a token.
#[component]
pub fn ResetPasswordPage(
    /// Who chooses.
    visitor: Visitor,
) -> impl IntoView {
    let hash = use_location().hash;
    let visitor = StoredValue::new_local(visitor);
    move || match link_token(&hash.get()) {
        Some(token) => view! { <ByToken visitor=visitor.get_value() token/> }.into_any(),
        None => view! {
            <Refused title=|t| t.password().no_token_title text=|t| t.password().no_token_text/>
        }
        .into_any(),
    }
}

/// The form, until the API says that the token is good no longer.
#[component]
fn ByToken(visitor: Visitor, token: String) -> impl IntoView {
    let invalid = RwSignal::new(false);
    let visitor = StoredValue::new_local(visitor);
    move || {
        if invalid.get() {
            view! { <Refused title=|t| t.password().invalid_title text=|t| t.password().invalid_text/> }
                .into_any()
        } else {
            view! { <ResetPasswordForm visitor=visitor.get_value() token=token.clone() invalid/> }.into_any()
        }
    }
}

#[component]
fn Refused(title: TextKey, text: TextKey) -> impl IntoView {
    view! {
        <PageIntro title lead=text/>
        <a class="btn btn-primary w-full" href=FORGOT_PASSWORD>{tr(|t| t.password().ask_again)}</a>
        <a class="btn mt-3 w-full" href=SIGN_IN>{tr(|t| t.password().to_sign_in)}</a>
    }
}

#[component]
fn ResetPasswordForm(visitor: Visitor, token: String, invalid: RwSignal<bool>) -> impl IntoView {
    let password = RwSignal::new(String::new());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let visitor = StoredValue::new_local(visitor);
    let leave = use_leave();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = ResetPasswordRequest { token: token.clone(), password: password.get_untracked() };
        let visitor = visitor.get_value();
        let leave = leave.clone();
        form.submit(element.into(), request.parse(), async move || {
            match visitor.reset_password(&request).await {
                Ok(()) => leave(),
                Err(error) if error.code() == Some(ProblemCode::LinkInvalid) => _ = invalid.try_set(true),
                Err(error) => return Err(error),
            }
            Ok(())
        });
    };
    view! {
        <PageIntro title=|t| t.password().reset_title lead=|t| t.password().reset_lead/>
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <Alert error=form.failure/>
            <NewPasswordField
                label=|t| t.account().new_password
                value=password
                error=form.field("password")
            />
            <SubmitButton
                label=words(|t| t.password().reset_submit)
                busy=form.busy
                class="mt-1 w-full"
            />
        </form>
    }
}

/// On to signing in, with the news.
fn use_leave() -> impl Fn() + Clone + 'static {
    let language = use_language();
    let toasts: Toasts = expect_context();
    let authentication: Authentication = expect_context();
    let signed_in = use_context::<Member>().is_some();
    let navigate = use_navigate();
    move || {
        toasts.success(language.text_untracked().password().was_reset);
        // The token is spent: nothing to come back to.
        navigate(SIGN_IN, NavigateOptions { replace: true, ..NavigateOptions::default() });
        if signed_in {
            // The session has ended, unless the link was somebody else's: the API knows.
            authentication.resume();
        }
    }
}
