//! Who is signed in: pages of the signed-in part get it by `expect_context::<Member>()`.

use contract::{Denied, Me, Permission, PermissionSet};
use leptos::prelude::*;

use super::authentication::{Authentication, Departure};
use super::cache::Cache;
use crate::api::{ApiError, Session};
use crate::i18n::use_language;

/// The person signed in, their session, and what has been fetched in it.
#[derive(Clone, Copy)]
pub struct Member {
    session: StoredValue<Session, LocalStorage>,
    authentication: Authentication,
    /// The person's account.
    pub me: RwSignal<Me>,
    /// What has been fetched.
    pub cache: Cache,
}

impl Member {
    /// Provides the member to everything beneath.
    pub fn provide(session: Session, me: Me) -> Self {
        let member = Self {
            session: StoredValue::new_local(session),
            authentication: expect_context(),
            me: RwSignal::new(me),
            cache: Cache::new(),
        };
        provide_context(member);
        member
    }

    /// Shows the UI in the language that goes with the account, if one does.
    pub fn adopt_language(self) {
        if let Some(locale) = self.me.with_untracked(|me| me.locale) {
            use_language().set(locale);
        }
    }

    /// Asks the API as this person. Where it turns out that the session has ended, the visitor is sent
    /// to sign in.
    pub async fn ask<T>(
        self,
        question: impl AsyncFnOnce(Session) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let Some(session) = self.session.try_get_value() else { return Err(ApiError::SignedOut) };
        let visitor = session.visitor();
        let answer = question(session).await;
        if matches!(answer, Err(ApiError::SignedOut)) {
            self.authentication.signed_out(visitor, Departure::Absent);
        }
        answer
    }

    /// Ends the session.
    pub async fn sign_out(self) -> Result<(), ApiError> {
        let visitor = self.ask(async |session| session.sign_out().await).await?;
        self.authentication.signed_out(visitor, Departure::Deliberate);
        Ok(())
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
        self.me.with(|me| me.permissions.iter().copied().collect())
    }
}
