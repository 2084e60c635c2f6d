//! Signing in with a second factor, once the password or the provider was right.

use contract::{ProblemCode, SecondFactorRequest, Transport};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use super::SignInAttempt;
use crate::api::Visitor;
use crate::components::{Alert, CodeEntry, FormState, PageIntro, SecondFactorField, SubmitButton};
use crate::i18n::{tr, words};
use crate::state::Authentication;

/// The form; who has signed in is sent on by the routes.
#[component]
pub fn ChallengePage(
    /// Who signs in.
    visitor: Visitor,
    /// How far they have come.
    attempt: SignInAttempt,
) -> impl IntoView {
    let authentication: Authentication = expect_context();
    let entry = CodeEntry::new();
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let visitor = StoredValue::new_local(visitor);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = SecondFactorRequest {
            challenge: attempt.challenge_token(),
            method: entry.method(),
            code: entry.code(),
            transport: Transport::Cookie,
            passkey: None,
        };
        let visitor = visitor.get_value();
        form.submit(element.into(), request.parse(), async move || {
            match visitor.answer_challenge(&request).await {
                Ok(session) => authentication.signed_in(session).await,
                Err(error) if error.code() == Some(ProblemCode::ChallengeInvalid) => {
                    attempt.begin_again(Some(error));
                    Ok(())
                }
                Err(error) => {
                    entry.select();
                    Err(error)
                }
            }
        });
    };
    view! {
        <PageIntro title=|t| t.challenge().title lead=|t| t.challenge().lead/>
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <Alert error=form.failure/>
            <SecondFactorField name="code" entry error=form.field("code")/>
            <SubmitButton label=words(|t| t.challenge().submit) busy=form.busy class="mt-1 w-full"/>
        </form>
        <p class="mt-4 text-center">
            <button
                type="button"
                class="link link-hover font-medium text-primary"
                on:click=move |_| attempt.begin_again(None)
            >
                {tr(|t| t.challenge().back)}
            </button>
        </p>
    }
}
