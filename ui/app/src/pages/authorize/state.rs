//! How far an application's wish to sign somebody in has come.

use contract::{Authorization, AuthorizationDecision, AuthorizationRequest, AuthorizationStep};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::request::{authorization_request, sign_in_address};
use crate::api::{ApiError, Visitor};
use crate::browser;
use crate::state::{Authentication, Departure, Member};

/// What is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Nothing: the API is asked.
    Asking,
    /// Why it goes no further. Nobody is sent anywhere.
    Failed(ApiError),
    /// Nobody is signed in: this address leads to that, and back.
    SignIn(String),
    /// The person is to prove who they are.
    Proof(Authorization),
    /// The person is to decide.
    Consent(Authorization),
    /// The browser is on its way to this address.
    OnTheWay(String),
}

/// The wish, and who is there.
#[derive(Clone, Copy)]
pub struct AuthorizeState {
    /// What is on the screen.
    pub stage: RwSignal<Stage>,
    /// Whether the API is told what the person has decided.
    pub busy: RwSignal<bool>,
    /// Why it wouldn't have it.
    pub failure: RwSignal<Option<ApiError>>,
    member: Option<Member>,
    visitor: StoredValue<Visitor, LocalStorage>,
    authentication: Authentication,
    search: StoredValue<String>,
    request: StoredValue<AuthorizationRequest>,
}

impl AuthorizeState {
    /// What the page's address asks for.
    pub fn new(visitor: Visitor, search: String) -> Self {
        Self {
            stage: RwSignal::new(Stage::Asking),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            member: use_context(),
            visitor: StoredValue::new_local(visitor),
            authentication: expect_context(),
            request: StoredValue::new(authorization_request(&search)),
            search: StoredValue::new(search),
        }
    }

    /// Asks what comes next.
    pub fn ask(self) {
        self.stage.set(Stage::Asking);
        spawn_local(async move {
            match self.answer().await {
                Ok(next) => self.proceed(next),
                Err(error) => self.show(Stage::Failed(error)),
            }
        });
    }

    /// Asks the person for the proof.
    pub fn prove(self) {
        let Some(member) = self.member else { return };
        spawn_local(async move {
            if member.step_up.ask().await {
                self.ask();
            }
        });
    }

    /// Where every answer leads.
    pub fn site(self) -> String {
        self.request
            .with_value(|request| browser::site_of(request.redirect_uri.as_deref().unwrap_or_default()))
    }

    /// Tells the API what the person has decided, and goes where it leads.
    pub fn decide(self, approve: bool) {
        let Some(member) = self.member.filter(|_| !self.busy.get_untracked()) else { return };
        self.busy.set(true);
        self.failure.set(None);
        let decision = AuthorizationDecision { request: self.request.get_value(), approve };
        spawn_local(async move {
            match member.ask(async |session| session.decide(&decision).await).await {
                Ok(next) => self.proceed(next),
                Err(error) => _ = self.failure.try_set(Some(error)),
            }
            self.busy.try_set(false);
        });
    }

    async fn answer(self) -> Result<Authorization, ApiError> {
        let request = self.request.get_value();
        match self.member {
            Some(member) => member.ask(async |session| session.authorize(&request).await).await,
            None => self.visitor.get_value().authorize(&request).await,
        }
    }

    fn proceed(self, next: Authorization) {
        self.request.try_update_value(|request| request.asked_at = Some(next.asked_at));
        match next.step {
            AuthorizationStep::Redirect => self.leave(next.redirect_to),
            AuthorizationStep::Consent => self.show(Stage::Consent(next)),
            AuthorizationStep::SignIn => self.sign_in(&next),
            AuthorizationStep::Prove => {
                self.show(Stage::Proof(next));
                self.prove();
            }
        }
    }

    fn leave(self, address: Option<String>) {
        let Some(address) = address else {
            return self.show(Stage::Failed(ApiError::Unreadable { status: 200 }));
        };
        browser::replace_with(&address);
        self.show(Stage::OnTheWay(address));
    }

    /// Whoever is here is so no longer.
    fn sign_in(self, next: &Authorization) {
        if let (Some(_), Some(visitor)) = (self.member, self.visitor.try_get_value()) {
            self.authentication.signed_out(visitor, Departure::Absent);
        } else {
            let search = self.search.try_get_value().unwrap_or_default();
            self.show(Stage::SignIn(sign_in_address(&search, next.asked_at)));
        }
    }

    /// The page may be gone by now.
    fn show(self, stage: Stage) {
        self.stage.try_set(stage);
    }
}
