//! `POST /api/core/v1/auth/identity-providers/{provider}/authorization`

use axum::{
    Json as JsonBody,
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use contract::{AuthorizationPurpose, BeginAuthorization, BegunAuthorization, SessionId};
use http::HeaderMap;
use platform::{
    Result, clock,
    db::Db,
    extract::Json,
    openapi::{
        AddressProblems, CallerProblems, InputProblems, ProviderProblems, RateProblems, ServerProblems,
    },
};
use store::{Caller, Enrolling, provider_authorization};

use crate::{
    attempts,
    flow::{Flow, LIFETIME_MINUTES},
    provider::Provider,
    tokens,
    visit::Visit,
};

/// Begins with an identity provider
///
/// Send the browser to `authorization_url` within ten minutes; the provider sends it back to `/sign-in/{provider}`, a
/// page of the UI, which posts what it is sent back with to `.../sign-in`, `.../link` or `.../step-up`. A cookie ties
/// all of it to this browser. Permission: none to sign in; to link a fresh proof, and to step up being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/identity-providers/{provider}/authorization",
    tag = "identity providers",
    params(("provider" = String, Path, description = "`google`, `github` or `openid`")),
    request_body = BeginAuthorization,
    responses(
        (status = 200, body = BegunAuthorization, description = "Where to send the browser"),
        CallerProblems,
        AddressProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
        ProviderProblems,
    ),
)]
pub async fn begin_authorization(
    provider: Provider,
    caller: Result<Caller<Enrolling>>,
    visit: Visit,
    headers: HeaderMap,
    db: Db,
    Json(request): Json<BeginAuthorization>,
) -> Result<Response> {
    let pending = request.parse()?;
    let session = whose(caller, pending.purpose)?;
    attempts::count_anonymous(&db, &visit.client).await?;
    let flow = Flow::begin(&headers);
    let authorization_url = provider.authorization_url(&flow, pending.purpose).await?;
    let (now, ticket) = (clock::now(), flow.ticket(provider.id()));
    let until = now + TimeDelta::minutes(LIFETIME_MINUTES);
    provider_authorization::issue(&db, ticket, &pending, session, now, until).await?;
    tokens::with_cookies(JsonBody(BegunAuthorization { authorization_url }).into_response(), &[flow.cookie()])
}

/// The session whose wish it is, unless it is to sign in.
fn whose(caller: Result<Caller<Enrolling>>, purpose: AuthorizationPurpose) -> Result<Option<SessionId>> {
    match purpose {
        AuthorizationPurpose::SignIn => Ok(None),
        AuthorizationPurpose::StepUp => Ok(Some(caller?.session)),
        AuthorizationPurpose::Link => {
            let caller = caller?;
            caller.require_proof()?;
            Ok(Some(caller.session))
        }
    }
}
