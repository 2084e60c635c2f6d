//! Browsers on their way to an identity provider and back.

use chrono::{DateTime, Utc};
use contract::{AuthorizationPurpose, IdentityProviderId, PendingAuthorization, SessionId};
use credentials::TokenHash;
use platform::db::{Db, DbError, Parameter};

use crate::statements;

statements! {
    ISSUE [Login] = "
        INSERT INTO provider_authorizations
            (state_hash, browser_hash, provider, purpose, session_id, return_to, issued_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, instant($7), instant($8))";
    FIND [Login] = "
        SELECT jsonb_build_object('purpose', purpose, 'return_to', return_to)
        FROM provider_authorizations
        WHERE state_hash = $1 AND browser_hash = $2 AND provider = $3 AND expires_at > instant($4)";
    // Whoever presents the state has spent it, rightly or not: nobody tries twice.
    SPEND [Login] = "
        WITH spent AS (DELETE FROM provider_authorizations WHERE state_hash = $1 RETURNING *)
        SELECT to_jsonb(issued_at) FROM spent
        WHERE browser_hash = $2 AND provider = $3 AND purpose = $4 AND session_id IS NOT DISTINCT FROM $5::uuid
            AND expires_at > instant($6)";
}

/// What tells an authorization from every other: who has only one of the two has nothing.
#[derive(Clone, Copy)]
pub struct Ticket {
    /// The hash of what the provider is sent, and sends back.
    pub state: TokenHash,
    /// The hash of what the browser keeps.
    pub browser: TokenHash,
    /// The provider.
    pub provider: IdentityProviderId,
}

impl Ticket {
    fn parameters(self) -> Vec<Parameter> {
        vec![self.state.into(), self.browser.into(), self.provider.into()]
    }
}

/// Notes that a browser goes to a provider; with the session whose wish it is, unless it is to sign in.
pub async fn issue(
    db: &Db,
    ticket: Ticket,
    pending: &PendingAuthorization,
    session: Option<SessionId>,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), DbError> {
    let mut parameters = ticket.parameters();
    parameters.extend([
        pending.purpose.into(),
        session.into(),
        (&pending.return_to).into(),
        now.into(),
        expires_at.into(),
    ]);
    db.execute(&ISSUE, parameters).await.map(|_| ())
}

/// What a browser has gone to a provider for; `None` where it hasn't, or is back, or it is too late.
pub async fn find(
    db: &Db,
    ticket: Ticket,
    now: DateTime<Utc>,
) -> Result<Option<PendingAuthorization>, DbError> {
    let mut parameters = ticket.parameters();
    parameters.push(now.into());
    db.fetch_optional(&FIND, parameters).await
}

/// Spends an authorization; answers since when it was on its way, or `None` where it is not good for this.
pub async fn spend(
    db: &Db,
    ticket: Ticket,
    purpose: AuthorizationPurpose,
    session: Option<SessionId>,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, DbError> {
    let mut parameters = ticket.parameters();
    parameters.extend([purpose.into(), session.into(), now.into()]);
    db.fetch_optional(&SPEND, parameters).await
}
