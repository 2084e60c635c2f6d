//! `POST /api/core/v1/auth/api-keys`

use axum::Json as JsonBody;
use chrono::TimeDelta;
use contract::{ApiKeyId, CreateApiKey, CreatedApiKey, NewApiKey, ProblemCode, SecurityEventKind};
use credentials::{OpaqueToken, TokenKind, os_rng};
use http::StatusCode;
use mail::Message;
use platform::{
    Result, clock,
    extract::Json,
    openapi::{CallerProblems, InputProblems, RateProblems, ServerProblems},
};
use store::{Caller, Proven, api_key, security_log::Event};
use uuid::Uuid;

use crate::{attempts, letter, links, visit::Visit};

/// Makes an API key
///
/// A program sends it as `Authorization: Bearer` and may do what its scopes say, as long as its owner may. The answer
/// is the only one that has the key itself; the owner is told by mail. Scopes must be held by the caller. Asks for a
/// fresh proof. Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/api-keys",
    tag = "api keys",
    request_body = CreateApiKey,
    responses(
        (status = 201, body = CreatedApiKey, description = "Made: `token` is shown this once"),
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`too_many_api_keys`: fifty, expired ones included"),
        CallerProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn create_api_key(
    caller: Caller<Proven>,
    visit: Visit,
    Json(request): Json<CreateApiKey>,
) -> Result<(StatusCode, JsonBody<CreatedApiKey>)> {
    let new = request.parse()?;
    let created = create(&caller, &visit, &new).await;
    caller.record(Event::of(SecurityEventKind::ApiKeyCreated, &created).api_key(new.name)).await?;
    Ok((StatusCode::CREATED, JsonBody(created?)))
}

async fn create(caller: &Caller<Proven>, visit: &Visit, new: &NewApiKey) -> Result<CreatedApiKey> {
    attempts::count_own_change(&caller.db, caller.me.id).await?;
    caller.require_all(new.scopes.iter().copied())?;
    let token = OpaqueToken::generate(TokenKind::ApiKey, &mut os_rng());
    let now = clock::now();
    let expires_at = now + TimeDelta::days(new.expires_in_days);
    let forgot_password = links::forgot_password(visit.site);
    let message =
        Message::ApiKeyCreated { name: new.name.as_str(), expires_at, forgot_password: &forgot_password };
    let owner = letter::reader(&caller.me);
    let mail = letter::write(&owner.email, Some(&owner), visit.language, &message)?;
    let id = ApiKeyId(Uuid::now_v7());
    let key = api_key::NewKey { id, owner: caller.me.id, new, hash: token.hash(), now, expires_at };
    let made = api_key::create(&caller.db, &key, &mail).await?;
    let api_key = made.ok_or(ProblemCode::TooManyApiKeys)?;
    Ok(CreatedApiKey { api_key, token: token.expose().to_owned() })
}
