//! Signing in with somebody else's account, one operation a file.

use chrono::{DateTime, Utc};
use contract::{AuthorizationPurpose, ProblemCode, ProviderAnswer, ProviderCallback, SessionId};
use http::HeaderMap;
use platform::{Result, clock, db::Db};
use store::provider_authorization;

use crate::{
    attempts,
    flow::Flow,
    provider::{Profile, Provider},
    visit::Visit,
};

pub mod begin;
pub mod link;
pub mod list;
pub mod pending;
pub mod sign_in;
pub mod step_up;

/// A browser that comes back from a provider.
pub struct Return<'a> {
    /// From which.
    pub provider: &'a Provider,
    /// What came with the request.
    pub headers: &'a HeaderMap,
    /// With what answer.
    pub response: &'a ProviderCallback,
    /// What that is for.
    pub purpose: AuthorizationPurpose,
    /// Whose wish it is, unless it is to sign in.
    pub session: Option<SessionId>,
}

impl Return<'_> {
    /// Whom the provider vouches for, and since when the browser was on its way. What it brings is spent, rightly or
    /// not.
    pub async fn redeem(self, visit: &Visit, db: &Db) -> Result<(Profile, DateTime<Utc>)> {
        let Self { provider, headers, response, purpose, session } = self;
        let answer = response.parse()?;
        attempts::count_anonymous(db, &visit.client).await?;
        let flow = Flow::returning(headers, &response.state)?;
        let ticket = flow.ticket(provider.id());
        let begun = provider_authorization::spend(db, ticket, purpose, session, clock::now()).await?;
        let begun = begun.ok_or(ProblemCode::AuthorizationInvalid)?;
        provider.check_issuer(response.iss.as_deref()).await?;
        match answer {
            ProviderAnswer::Code(code) => Ok((provider.profile(&flow, code).await?, begun)),
            ProviderAnswer::Error(error) => Err(provider.error(&error)),
        }
    }
}
