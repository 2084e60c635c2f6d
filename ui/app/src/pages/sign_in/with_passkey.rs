//! Signing in with a passkey: by the button, or by what the browser offers to fill in.

use std::pin::pin;
use std::time::Duration;

use contract::{PasskeyAssertion, PasskeyCeremony, PasskeySignInRequest, ProblemCode, Transport};
use futures_util::future::{Either, select};
use gloo_timers::future::sleep;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{ApiError, Visitor};
use crate::passkey::{self, Mediation};
use crate::state::{Authentication, Ongoing};

/// How long before its end a ceremony that nobody has answered is given up, in seconds.
const MARGIN: u32 = 30;

/// The browser takes one question at a time: what it offers makes way for the button.
#[derive(Clone, Copy)]
pub struct PasskeySignIn {
    visitor: StoredValue<Visitor, LocalStorage>,
    authentication: Authentication,
    failure: RwSignal<Option<ApiError>>,
    offer: Ongoing,
    /// Whether what was offered has come to its end. A page that nobody looks at asks for nothing more.
    expired: StoredValue<bool>,
}

impl PasskeySignIn {
    /// Has the browser offer passkeys beside the form until the page is left.
    pub fn offer(visitor: Visitor, failure: RwSignal<Option<ApiError>>) -> Self {
        let sign_in = Self {
            visitor: StoredValue::new_local(visitor),
            authentication: expect_context(),
            failure,
            offer: Ongoing::until_left(),
            expired: StoredValue::new(false),
        };
        sign_in.begin_offer();
        sign_in
    }

    /// Somebody is at the form: what has come to its end is offered anew.
    pub fn renew(self) {
        if self.expired.get_value() {
            self.begin_offer();
        }
    }

    /// Has the browser ask.
    pub async fn ask(self) -> Result<(), ApiError> {
        self.offer.end();
        let outcome = self.ask_in_dialog().await;
        if outcome.is_err() {
            self.begin_offer();
        }
        outcome
    }

    async fn ask_in_dialog(self) -> Result<(), ApiError> {
        let ceremony = self.begin().await?;
        let assertion = passkey::get(&ceremony, Mediation::Dialog).await?;
        self.finish(&ceremony, assertion).await
    }

    fn begin_offer(self) {
        self.expired.try_set_value(false);
        let offer = self.offer.begin(self.fill_in());
        spawn_local(async move { _ = offer.await });
    }

    async fn fill_in(self) {
        if !passkey::is_there() || !passkey::can_autofill().await {
            return;
        }
        // Who types a password need not know of what goes wrong here: there is the button, too.
        while let Ok(ceremony) = self.begin().await {
            let answer = pin!(passkey::get(&ceremony, Mediation::Autofill));
            let end = sleep(Duration::from_secs(ceremony.expires_in.saturating_sub(MARGIN).into()));
            match select(answer, pin!(end)).await {
                Either::Left((Ok(assertion), _)) => match self.finish(&ceremony, assertion).await {
                    Ok(()) => return,
                    Err(error) => _ = self.failure.try_set(Some(error)),
                },
                Either::Left((Err(_), _)) => return,
                Either::Right(_) => {
                    self.expired.try_set_value(true);
                    return;
                }
            }
        }
    }

    async fn begin(self) -> Result<PasskeyCeremony, ApiError> {
        self.visitor()?.begin_passkey().await
    }

    async fn finish(self, ceremony: &PasskeyCeremony, assertion: PasskeyAssertion) -> Result<(), ApiError> {
        let request = PasskeySignInRequest { assertion, transport: Transport::Cookie };
        match self.visitor()?.sign_in_with_passkey(&request).await {
            Ok(session) => self.authentication.signed_in(session).await,
            Err(error) => {
                if error.code() == Some(ProblemCode::PasskeyUnknown) {
                    passkey::forget(ceremony, &request.assertion.credential).await;
                }
                Err(error)
            }
        }
    }

    /// Gone with the page.
    fn visitor(self) -> Result<Visitor, ApiError> {
        self.visitor.try_get_value().ok_or(ApiError::SignedOut)
    }
}
