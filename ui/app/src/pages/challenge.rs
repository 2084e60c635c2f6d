//! Signing in with a second factor, once the password or the provider was right.

use contract::{PasskeyChallengeRequest, ProblemCode, SecondFactorMethod, SecondFactorRequest};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use super::SignInAttempt;
use crate::api::{ApiError, Visitor};
use crate::components::{
    Alert, CodeEntry, FormState, OrLine, PageIntro, PasskeyButton, PasskeysMissing, SecondFactorField,
    SubmitButton,
};
use crate::i18n::{tr, words};
use crate::passkey::{self, Mediation};
use crate::state::Authentication;

/// What the account can answer with; who has signed in is sent on by the routes.
#[component]
pub fn ChallengePage(
    /// Who signs in.
    visitor: Visitor,
    /// How far they have come.
    attempt: SignInAttempt,
) -> impl IntoView {
    let answer =
        Answer { visitor: StoredValue::new_local(visitor), authentication: expect_context(), attempt };
    let form = FormState::new();
    let methods = attempt.methods();
    let by_passkey = methods.contains(&SecondFactorMethod::Passkey) && passkey::is_there();
    let by_code = CodeEntry::new(&methods);
    view! {
        <PageIntro title=|t| t.challenge().title lead=|t| t.challenge().lead/>
        <div class="flex flex-col gap-4">
            <Alert error=form.failure/>
            {by_passkey.then(|| view! { <ByPasskey answer failure=form.failure/> })}
            {(by_passkey && by_code.is_some()).then(|| view! { <OrLine/> })}
            {match by_code {
                Some(entry) => view! { <ByCode answer form entry focused=!by_passkey/> }.into_any(),
                None => view! { <PasskeysMissing/> }.into_any(),
            }}
        </div>
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

#[component]
fn ByPasskey(answer: Answer, failure: RwSignal<Option<ApiError>>) -> impl IntoView {
    view! {
        <PasskeyButton
            label=|t| t.passkey().prove
            ask=async move || answer.with_passkey().await
            failure
            focused=true
        />
    }
}

#[component]
fn ByCode(answer: Answer, form: FormState, entry: CodeEntry, focused: bool) -> impl IntoView {
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = SecondFactorRequest {
            challenge: answer.attempt.challenge_token(),
            method: entry.method(),
            code: entry.code(),
            ..SecondFactorRequest::default()
        };
        form.submit(element.into(), request.parse(), async move || {
            answer.send(&request).await.inspect_err(|_| entry.select())
        });
    };
    view! {
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <SecondFactorField name="code" entry error=form.field("code") focused/>
            <SubmitButton label=words(|t| t.challenge().submit) busy=form.busy class="mt-1 w-full"/>
        </form>
    }
}

/// What an answer needs from around it.
#[derive(Clone, Copy)]
struct Answer {
    visitor: StoredValue<Visitor, LocalStorage>,
    authentication: Authentication,
    attempt: SignInAttempt,
}

impl Answer {
    async fn with_passkey(self) -> Result<(), ApiError> {
        let challenge = self.attempt.challenge_token();
        let asked = PasskeyChallengeRequest { challenge: challenge.clone() };
        let ceremony = match self.visitor.get_value().begin_passkey_challenge(&asked).await {
            Ok(ceremony) => ceremony,
            Err(error) => return self.settle(error),
        };
        let assertion = passkey::get(&ceremony, Mediation::Dialog).await?;
        let method = SecondFactorMethod::Passkey.as_str().to_owned();
        self.send(&SecondFactorRequest {
            challenge,
            method,
            passkey: Some(assertion),
            ..SecondFactorRequest::default()
        })
        .await
    }

    async fn send(self, request: &SecondFactorRequest) -> Result<(), ApiError> {
        match self.visitor.get_value().answer_challenge(request).await {
            Ok(session) => self.authentication.signed_in(session).await,
            Err(error) => self.settle(error),
        }
    }

    /// Where the challenge is over, it begins again with the password.
    fn settle(self, error: ApiError) -> Result<(), ApiError> {
        if error.code() != Some(ProblemCode::ChallengeInvalid) {
            return Err(error);
        }
        self.attempt.begin_again(Some(error));
        Ok(())
    }
}
