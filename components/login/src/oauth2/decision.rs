//! `POST /api/core/v1/auth/oauth2/authorization/decision`

use axum::Json as JsonBody;
use contract::{Authorization, AuthorizationDecision, AuthorizationStep, SecurityEventKind};
use platform::{
    Result,
    extract::Json,
    openapi::{CallerProblems, InputProblems, RateProblems, ServerProblems},
};
use store::{Caller, security_log::Event};

use super::authorization::{Decision, answer};
use crate::visit::Visit;

/// Lets an application sign the person in, or doesn't
///
/// With the same as was asked; `redirect_to` has the code, or says `access_denied`. What is allowed is remembered, and
/// can be withdrawn. Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/oauth2/authorization/decision",
    tag = "oauth2",
    request_body = AuthorizationDecision,
    responses(
        (status = 200, body = Authorization, description = "Where the browser goes, or what is missing now"),
        CallerProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
        // Behind the others, one of which has a 400 too.
        (status = 400, body = contract::Problem, content_type = "application/problem+json",
            description = "`client_invalid`: unknown or disabled. `redirect_uri_invalid`: not one of its addresses. \
                `malformed_request`"),
    ),
)]
pub async fn decide(
    caller: Caller,
    visit: Visit,
    Json(AuthorizationDecision { request, approve }): Json<AuthorizationDecision>,
) -> Result<JsonBody<Authorization>> {
    let decision = if approve { Decision::Allowed } else { Decision::Denied };
    let answer = answer(Some(&caller), &caller.db, &visit, &request, decision).await?;
    // What the application is refused is no consent.
    if answer.step == AuthorizationStep::Redirect && !answer.scopes.is_empty() {
        let event = Event::success(SecurityEventKind::ConsentGiven);
        caller.record(event.client(answer.client_id, Some(answer.client_name.clone()))).await?;
    }
    Ok(JsonBody(answer))
}
