//! Making the account, by the link of a mail.

use contract::{CompleteSignUpRequest, ProblemCode, Transport};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::api::Visitor;
use crate::components::{Alert, FormState, NewPasswordField, PageIntro, SubmitButton, TextField};
use crate::i18n::{tr, use_language, words};
use crate::navigation::{HOME, SIGN_IN, SIGN_UP};
use crate::state::{Authentication, Member};

/// The form, until the API says that the token is good no longer.
#[component]
pub fn ByToken(visitor: Visitor, token: String) -> impl IntoView {
    let invalid = RwSignal::new(false);
    let visitor = StoredValue::new_local(visitor);
    move || {
        if invalid.get() {
            view! { <Invalid/> }.into_any()
        } else {
            view! { <CompleteForm visitor=visitor.get_value() token=token.clone() invalid/> }.into_any()
        }
    }
}

#[component]
fn Invalid() -> impl IntoView {
    view! {
        <PageIntro title=|t| t.sign_up().invalid_title lead=|t| t.sign_up().invalid_text/>
        {match use_context::<Member>() {
            Some(_) => view! { <a class="btn btn-primary w-full" href=HOME>{tr(|t| t.common().back_home)}</a> }.into_any(),
            None => view! {
                <a class="btn btn-primary w-full" href=SIGN_IN>{tr(|t| t.sign_in().submit)}</a>
                <a class="btn mt-3 w-full" href=SIGN_UP>{tr(|t| t.sign_up().ask_again)}</a>
            }
            .into_any(),
        }}
    }
}

#[component]
fn CompleteForm(visitor: Visitor, token: String, invalid: RwSignal<bool>) -> impl IntoView {
    let display_name = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let username = RwSignal::new(String::new());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let visitor = StoredValue::new_local(visitor);
    let arrive = use_arrive();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = CompleteSignUpRequest {
            token: token.clone(),
            display_name: display_name.get_untracked(),
            password: password.get_untracked(),
            transport: Transport::Cookie,
        };
        let visitor = visitor.get_value();
        let arrive = arrive.clone();
        form.submit(element.into(), request.parse(), async move || {
            match visitor.complete_sign_up(&request).await {
                Ok(session) => {
                    // The address is the link's; password managers are told before the form goes.
                    if let Ok(me) = session.me().await {
                        username.try_set(me.email.to_string());
                    }
                    arrive();
                }
                Err(error) if error.code() == Some(ProblemCode::LinkInvalid) => _ = invalid.try_set(true),
                Err(error) => return Err(error),
            }
            Ok(())
        });
    };
    view! {
        <PageIntro title=|t| t.sign_up().complete_title lead=|t| t.sign_up().complete_lead/>
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <Replaced/>
            <Alert error=form.failure/>
            <input type="text" name="username" autocomplete="username" hidden readonly prop:value=username/>
            <TextField
                name="display_name"
                label=|t| t.field().display_name
                autocomplete="name"
                value=display_name
                error=form.field("display_name")
            />
            <NewPasswordField value=password display_name error=form.field("password")/>
            <SubmitButton label=words(|t| t.sign_up().complete_submit) busy=form.busy class="mt-1 w-full"/>
        </form>
    }
}

/// Whose pages make way for the new account's, where somebody is signed in.
#[component]
fn Replaced() -> impl IntoView {
    let language = use_language();
    use_context::<Member>().map(|member| {
        let name = move || member.me.with(|me| me.display_name.to_string());
        view! {
            <p class="rounded-field border border-warning/40 bg-warning/8 px-3 py-2.5 wrap-break-word">
                {move || (language.text().sign_up().replaces)(&name())}
            </p>
        }
    })
}

/// On to the new account's first page.
fn use_arrive() -> impl Fn() + Clone + 'static {
    let authentication: Authentication = expect_context();
    let navigate = use_navigate();
    move || {
        // First, so that nobody's pages are left to be shown at the address that follows.
        authentication.resume();
        // The token is spent: nothing to come back to.
        navigate(HOME, NavigateOptions { replace: true, ..NavigateOptions::default() });
    }
}
