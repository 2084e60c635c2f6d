//! Signing in: with e-mail address and password, with a passkey, or with an account elsewhere.

mod with_passkey;

use contract::{LoginRequest, SecondFactorChallenge, SecondFactorMethod, Transport};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::{ev::SubmitEvent, html};
use leptos_router::hooks::use_location;

use super::sign_in_with::SignInWith;
use crate::api::{ApiError, SignIn, Visitor};
use crate::components::{
    Alert, FormState, OrLine, PageIntro, PasskeyButton, PasswordField, SubmitButton, TextField,
};
use crate::i18n::{tr, words};
use crate::navigation::{FORGOT_PASSWORD, SIGN_UP, next_path};
use crate::passkey;
use crate::state::Authentication;
use with_passkey::PasskeySignIn;

/// How far somebody has come with signing in.
#[derive(Clone, Copy)]
pub struct SignInAttempt {
    email: RwSignal<String>,
    challenge: RwSignal<Option<SecondFactorChallenge>>,
    /// Told once.
    refusal: StoredValue<Option<ApiError>>,
}

impl SignInAttempt {
    /// Not begun.
    pub fn new() -> Self {
        Self {
            email: RwSignal::new(String::new()),
            challenge: RwSignal::new(None),
            refusal: StoredValue::new(None),
        }
    }

    /// A second factor is asked for.
    pub fn challenged(self, challenge: SecondFactorChallenge) {
        self.challenge.try_set(Some(challenge));
    }

    /// Whether that is so; tracked.
    pub fn is_challenged(self) -> bool {
        self.challenge.with(Option::is_some)
    }

    /// What the answer is to be sent back with.
    pub fn challenge_token(self) -> String {
        self.with_challenge(|challenge| challenge.challenge.clone())
    }

    /// What the account can answer with.
    pub fn methods(self) -> Vec<SecondFactorMethod> {
        self.with_challenge(|challenge| challenge.methods.clone())
    }

    fn with_challenge<T: Default>(self, part: impl Fn(&SecondFactorChallenge) -> T) -> T {
        self.challenge.with_untracked(|challenge| challenge.as_ref().map(part)).unwrap_or_default()
    }

    /// Back to the password, with the reason, if there is one.
    pub fn begin_again(self, reason: Option<ApiError>) {
        self.refusal.try_set_value(reason);
        self.challenge.try_set(None);
    }
}

impl Default for SignInAttempt {
    fn default() -> Self {
        Self::new()
    }
}

/// The form; who has signed in is sent on by the routes, and who is asked for a second factor as well.
#[component]
pub fn SignInPage(
    /// Who signs in.
    visitor: Visitor,
    /// How far they have come.
    attempt: SignInAttempt,
) -> impl IntoView {
    let authentication: Authentication = expect_context();
    let email = attempt.email;
    let password = RwSignal::new(String::new());
    let form = FormState::new();
    form.failure.set(attempt.refusal.try_update_value(Option::take).flatten());
    let element = NodeRef::<html::Form>::new();
    let passkeys = PasskeySignIn::offer(visitor.clone(), form.failure);
    let visitor = StoredValue::new_local(visitor);
    let search = use_location().search;
    let next = Signal::derive(move || next_path(&search.get()));
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
            match visitor.sign_in(&request).await? {
                SignIn::Complete(session) => authentication.signed_in(session).await?,
                SignIn::Challenged(challenge) => attempt.challenged(challenge),
            }
            Ok(())
        });
    };
    view! {
        <PageIntro title=|t| t.sign_in().title lead=|t| t.sign_in().lead/>
        <form
            node_ref=element
            class="flex flex-col gap-4"
            method="post"
            novalidate
            on:submit=submit
            on:focusin=move |_| passkeys.renew()
        >
            <Alert error=form.failure/>
            <TextField
                name="email"
                label=|t| t.field().email
                kind="email"
                // The browser offers the passkeys that it has here.
                autocomplete="username webauthn"
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
        <PasskeyWay passkeys failure=form.failure/>
        <p class="mt-4 flex flex-wrap justify-between gap-x-3 gap-y-2">
            <a class=LINK href=FORGOT_PASSWORD>{tr(|t| t.sign_in().forgotten)}</a>
            <SignUpLink visitor=visitor.get_value()/>
        </p>
        <SignInWith visitor=visitor.get_value() next parted=!passkey::is_there()/>
    }
}

/// The other way, where the browser has it.
#[component]
fn PasskeyWay(passkeys: PasskeySignIn, failure: RwSignal<Option<ApiError>>) -> impl IntoView {
    passkey::is_there().then(|| {
        view! {
            <div class="mt-4 flex flex-col gap-4">
                <OrLine/>
                <PasskeyButton
                    label=|t| t.passkey().sign_in
                    ask=async move || passkeys.ask().await
                    failure
                />
            </div>
        }
    })
}

const LINK: &str = "link link-hover font-medium text-primary";

/// The way to an account of one's own, once it is known to be open to somebody. It has its place beside what is there
/// from the start, so that nothing moves.
#[component]
fn SignUpLink(visitor: Visitor) -> impl IntoView {
    let open = RwSignal::new(false);
    spawn_local(async move {
        let rules = visitor.sign_up_rules().await;
        open.try_set(rules.is_ok_and(|rules| rules.open));
    });
    view! {
        <Show when=move || open.get()>
            <a class=LINK href=SIGN_UP>{tr(|t| t.sign_in().create_account)}</a>
        </Show>
    }
}
