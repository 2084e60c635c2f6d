//! `POST /api/core/v1/auth/identity-providers/{provider}/link`

use contract::{AuthorizationPurpose, ProblemCode, ProviderCallback, SecurityEventKind};
use http::{HeaderMap, StatusCode};
use mail::Message;
use platform::{
    Result, clock,
    extract::Json,
    openapi::{
        AddressProblems, CallerProblems, InputProblems, ProviderProblems, RateProblems, ServerProblems,
    },
};
use store::{
    Caller, Proven,
    identity::{self, Linking},
    security_log::Event,
};

use super::Return;
use crate::{attempts, letter, links, provider::Provider, visit::Visit};

/// Links an identity to the caller's account
///
/// With what the provider sent the browser back with; from then on it signs in. Whatever its address is: the caller has
/// proven both. The owner is told by mail. Asks for a fresh proof. Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/identity-providers/{provider}/link",
    tag = "identity providers",
    params(("provider" = String, Path, description = "`google`, `github` or `openid`")),
    request_body = ProviderCallback,
    responses(
        (status = 204, description = "Linked, now or before"),
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`identity_taken`: it is linked to another account"),
        CallerProblems,
        (status = 403, body = contract::Problem, content_type = "application/problem+json",
            description = "`authorization_invalid`: unknown, used, older than ten minutes, another browser's or session's, or \
                its code is spent; begin again. `authorization_denied`: the provider said no. And as of every caller"),
        AddressProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
        ProviderProblems,
    ),
)]
pub async fn link_identity(
    provider: Provider,
    caller: Caller<Proven>,
    visit: Visit,
    headers: HeaderMap,
    Json(request): Json<ProviderCallback>,
) -> Result<StatusCode> {
    let back = Return {
        provider: &provider,
        headers: &headers,
        response: &request,
        purpose: AuthorizationPurpose::Link,
        session: Some(caller.session),
    };
    let linked = link(&caller, &visit, back).await;
    let event = Event::of(SecurityEventKind::IdentityLinked, &linked).provider(provider.id());
    caller.record(event).await?;
    linked.map(|()| StatusCode::NO_CONTENT)
}

async fn link(caller: &Caller<Proven>, visit: &Visit, back: Return<'_>) -> Result<()> {
    let Caller { me, db, .. } = caller;
    attempts::count_own_change(db, me.id).await?;
    let provider = back.provider;
    let (profile, _) = back.redeem(visit, db).await?;
    let account = links::account(visit.site);
    let message = Message::IdentityLinked { provider: provider.name(), account: &account };
    let mail = letter::write(&me.email, Some(&letter::reader(me)), visit.language, &message)?;
    match identity::link(db, me.id, &profile.identity(provider), None, &mail, clock::now()).await? {
        Linking::Linked | Linking::LinkedBefore => Ok(()),
        Linking::Refused => Err(ProblemCode::IdentityTaken.into()),
    }
}
