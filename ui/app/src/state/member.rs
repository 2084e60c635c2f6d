//! Who is signed in: pages of the signed-in part get it by `expect_context::<Member>()`.

use contract::{DeleteAccountRequest, Denied, Me, Permission, PermissionSet, ProblemCode};
use leptos::prelude::*;

use super::authentication::{Authentication, Departure};
use super::cache::Cache;
use super::step_up::StepUp;
use crate::api::{ApiError, Session};
use crate::i18n::use_language;

/// Where the API has one's second factors.
pub const SECOND_FACTORS: &str = "/api/core/v1/auth/mfa";

/// The person signed in, their session, and what has been fetched in it.
#[derive(Clone, Copy)]
pub struct Member {
    session: StoredValue<Session, LocalStorage>,
    authentication: Authentication,
    /// The person's account.
    pub me: RwSignal<Me>,
    /// Pages are built on these: they stay as they are when something else of the account changes.
    permissions: Memo<PermissionSet>,
    /// What has been fetched.
    pub cache: Cache,
    /// The question for a fresh proof.
    pub step_up: StepUp,
}

impl Member {
    /// The member of a session, for the context of everything that is shown while it lasts.
    pub fn new(session: Session, me: Me) -> Self {
        let me = RwSignal::new(me);
        Self {
            session: StoredValue::new_local(session),
            authentication: expect_context(),
            me,
            permissions: Memo::new(move |_| me.with(|me| me.permissions.iter().copied().collect())),
            cache: Cache::new(),
            step_up: StepUp::new(),
        }
    }

    /// Shows the UI in the language that goes with the account, if one does.
    pub fn adopt_language(self) {
        if let Some(locale) = self.me.with_untracked(|me| me.locale) {
            use_language().set(locale);
        }
    }

    /// Asks the API as this person. What asks for a fresh proof of who they are is asked again once they
    /// have given it. Where it turns out that the session has ended, the visitor is sent to sign in.
    pub async fn ask<T>(self, question: impl AsyncFn(Session) -> Result<T, ApiError>) -> Result<T, ApiError> {
        let Some(session) = self.session.try_get_value() else { return Err(ApiError::SignedOut) };
        let mut answer = question(session.clone()).await;
        match answer.as_ref().err().and_then(ApiError::code) {
            Some(ProblemCode::ProofRequired) => {
                // What the proof is depends on the account, which another tab may have changed.
                self.refresh(&session).await;
                let proven = self.step_up.ask().await;
                answer = if proven { question(session.clone()).await } else { Err(ApiError::Unproven) };
            }
            // The pages make way for turning one on.
            Some(ProblemCode::SecondFactorRequired) => self.refresh(&session).await,
            _ => (),
        }
        if matches!(answer, Err(ApiError::SignedOut)) {
            self.authentication.signed_out(session.visitor(), Departure::Absent);
        }
        answer
    }

    /// Notes that a second factor is on now, or off.
    pub fn note_second_factor(self, enabled: bool) {
        self.me.update(|me| me.second_factor.enabled = enabled);
    }

    /// Reads the account anew: what was done may have changed it.
    pub async fn reload(self) {
        if let Ok(me) = self.ask(async |session| session.me().await).await {
            self.me.try_set(me);
        }
    }

    /// Reads the account anew. Where that fails, what is known stands.
    async fn refresh(self, session: &Session) {
        if let Ok(me) = session.me().await {
            self.me.try_set(me);
        }
    }

    /// Ends the session.
    pub async fn sign_out(self) -> Result<(), ApiError> {
        let visitor = self.ask(async |session| session.sign_out().await).await?;
        self.authentication.signed_out(visitor, Departure::Deliberate);
        Ok(())
    }

    /// Ends the session for another account: who signs in next comes back to where this one was.
    pub async fn switch_account(self) -> Result<(), ApiError> {
        let visitor = self.ask(async |session| session.sign_out().await).await?;
        self.authentication.signed_out(visitor, Departure::Absent);
        Ok(())
    }

    /// Deletes the account: nobody is there any more.
    pub async fn delete_account(self, request: &DeleteAccountRequest) -> Result<(), ApiError> {
        let visitor = self.ask(async |session| session.delete_account(request).await).await?;
        self.authentication.signed_out(visitor, Departure::Deliberate);
        Ok(())
    }

    /// The address that the person signs in with.
    pub fn email(self) -> Signal<String> {
        Signal::derive(move || self.me.with(|me| me.email.to_string()))
    }

    /// The name that the person is shown by.
    pub fn display_name(self) -> Signal<String> {
        Signal::derive(move || self.me.with(|me| me.display_name.to_string()))
    }

    /// Why the person may not, if so; tracked.
    pub fn require(self, permission: Permission) -> Result<(), Denied> {
        self.permissions().require(permission)
    }

    /// Whether the person may; tracked.
    pub fn may(self, permission: Permission) -> bool {
        self.permissions().allows(permission)
    }

    /// What the person may do; tracked.
    pub fn permissions(self) -> PermissionSet {
        self.permissions.get()
    }
}
