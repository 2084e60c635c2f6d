//! `POST /api/core/v1/auth/identity-providers/{provider}/step-up`

use chrono::TimeDelta;
use contract::{AuthorizationPurpose, ProblemCode, ProviderCallback, SecurityEventKind};
use http::{HeaderMap, StatusCode};
use platform::{
    Result, clock,
    extract::Json,
    openapi::{
        AddressProblems, CallerProblems, InputProblems, ProviderProblems, RateProblems, ServerProblems,
    },
};
use store::{Caller, Enrolling, identity, security_log::Event, session};

use super::Return;
use crate::{provider::Provider, visit::Visit};

/// How far the provider's clock may be behind ours.
const LEEWAY: TimeDelta = TimeDelta::minutes(1);

/// Proves again who the caller is, with an identity provider
///
/// With a linked identity, where the provider says that it has just asked again (`auth_time`), and where no second
/// factor is on: then a code alone is proof. GitHub never says so, and Google neither asks again (it takes no
/// `prompt=login`) nor says so without an agreement: who signs in with them sets a password by a mailed link. For ten
/// minutes this session may do what asks for a fresh proof. Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/identity-providers/{provider}/step-up",
    tag = "identity providers",
    params(("provider" = String, Path, description = "`google`, `github` or `openid`")),
    request_body = ProviderCallback,
    responses(
        (status = 204, description = "Proven"),
        CallerProblems,
        (status = 403, body = contract::Problem, content_type = "application/problem+json",
            description = "`authorization_invalid`: unknown, used, older than ten minutes, another browser's or session's, or \
                its code is spent; begin again. `authorization_denied`: the provider said no. `identity_not_linked`. \
                `sign_in_not_fresh`: the provider didn't ask again, or doesn't tell. `proof_required`: a second factor \
                is on, its code is asked for. And as of every caller"),
        AddressProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
        ProviderProblems,
    ),
)]
pub async fn step_up_with_provider(
    provider: Provider,
    caller: Caller<Enrolling>,
    visit: Visit,
    headers: HeaderMap,
    Json(request): Json<ProviderCallback>,
) -> Result<StatusCode> {
    let back = Return {
        provider: &provider,
        headers: &headers,
        response: &request,
        purpose: AuthorizationPurpose::StepUp,
        session: Some(caller.session),
    };
    let proven = prove(&caller, &visit, back).await;
    let event = Event::of(SecurityEventKind::IdentityProven, &proven).provider(provider.id());
    caller.record(event).await?;
    proven.map(|()| StatusCode::NO_CONTENT)
}

async fn prove(caller: &Caller<Enrolling>, visit: &Visit, back: Return<'_>) -> Result<()> {
    let Caller { me, session, db, .. } = caller;
    let (profile, begun) = back.redeem(visit, db).await?;
    if !identity::is_of(db, &profile.issuer, &profile.subject, me.id).await? {
        return Err(ProblemCode::IdentityNotLinked.into());
    }
    if profile.asked_at.is_none_or(|asked_at| asked_at < begun - LEEWAY) {
        return Err(ProblemCode::SignInNotFresh.into());
    }
    if me.second_factor.enabled {
        return Err(ProblemCode::ProofRequired.into());
    }
    Ok(session::prove(db, *session, clock::now()).await?)
}
