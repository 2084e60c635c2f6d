//! Who is there: asked once at the start, changed by signing in and out.

use contract::Me;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{ApiError, Connection, Session, Visitor, Web};

/// Who is there.
#[derive(Clone)]
pub enum Phase {
    /// Not known yet.
    Resuming,
    /// Not to be found out: the API doesn't answer.
    Unreachable(ApiError),
    /// Nobody.
    SignedOut(Visitor, Departure),
    /// Somebody.
    SignedIn(Session, Box<Me>),
}

/// How it came that nobody is there: whoever left on purpose isn't brought back to where they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Departure {
    /// Never came, or the session came to its end.
    Absent,
    /// Signed out.
    Deliberate,
}

/// The signal of who is there.
#[derive(Clone, Copy)]
pub struct Authentication(RwSignal<Phase, LocalStorage>);

impl Authentication {
    /// Asks the API whom the browser's cookies belong to.
    pub fn provide() -> Self {
        let authentication = Self(RwSignal::new_local(Phase::Resuming));
        provide_context(authentication);
        authentication.resume();
        authentication
    }

    /// Asks again.
    pub fn resume(self) {
        self.0.set(Phase::Resuming);
        spawn_local(async move {
            let visitor = Visitor::new(Connection::new(Web));
            let phase = match visitor.resume().await {
                Ok(Some((session, me))) => Phase::SignedIn(session, Box::new(me)),
                Ok(None) => Phase::SignedOut(visitor, Departure::Absent),
                Err(error) => Phase::Unreachable(error),
            };
            self.0.set(phase);
        });
    }

    /// Who is there, tracked.
    pub fn get(self) -> Phase {
        self.0.get()
    }

    /// Somebody has signed in.
    pub async fn signed_in(self, session: Session) -> Result<(), ApiError> {
        let me = session.me().await?;
        self.0.set(Phase::SignedIn(session, Box::new(me)));
        Ok(())
    }

    /// The session has ended.
    pub fn signed_out(self, visitor: Visitor, departure: Departure) {
        self.0.set(Phase::SignedOut(visitor, departure));
    }
}
