//! `GET /api/core/v1/auth/identity-providers/{provider}/authorization`

use axum::Json;
use contract::{FieldErrors, PendingAuthorization, ProblemCode};
use http::HeaderMap;
use platform::{
    Result, clock,
    db::Db,
    extract::Query,
    openapi::{AddressProblems, QueryProblems, RateProblems, ServerProblems},
};
use store::provider_authorization;

use crate::{attempts, flow::Flow, provider::Provider, visit::Visit};

/// Tells what this browser has begun with an identity provider
///
/// By the `state` that the provider sent back: which endpoint takes its answer, and where to go then. Nothing is spent.
/// Permission: none, the state and the cookie are the proof.
#[utoipa::path(
    get,
    path = "/api/core/v1/auth/identity-providers/{provider}/authorization",
    tag = "identity providers",
    params(
        ("provider" = String, Path, description = "`google`, `github` or `openid`"),
        ("state" = String, Query, description = "As the provider sent it back"),
    ),
    responses(
        (status = 200, body = PendingAuthorization, description = "What it is for"),
        (status = 403, body = contract::Problem, content_type = "application/problem+json",
            description = "`authorization_invalid`: unknown, used, older than ten minutes, or another browser's"),
        AddressProblems,
        QueryProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn pending_authorization(
    provider: Provider,
    visit: Visit,
    headers: HeaderMap,
    db: Db,
    mut query: Query,
) -> Result<Json<PendingAuthorization>> {
    let (state, mut errors) = (query.take("state").unwrap_or_default(), FieldErrors::default());
    query.finish(&mut errors);
    if !errors.is_empty() {
        return Err(errors.into());
    }
    attempts::count_anonymous(&db, &visit.client).await?;
    let ticket = Flow::returning(&headers, &state)?.ticket(provider.id());
    let pending = provider_authorization::find(&db, ticket, clock::now()).await?;
    Ok(Json(pending.ok_or(ProblemCode::AuthorizationInvalid)?))
}
