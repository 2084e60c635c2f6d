//! `DELETE /api/core/v1/auth/api-keys/{id}`

use contract::{ApiKey, ApiKeyId, ProblemCode, SecurityEventKind};
use http::StatusCode;
use mail::Message;
use platform::{
    Result, clock,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, RateProblems, ServerProblems},
};
use store::{Caller, api_key, security_log::Event};

use crate::{attempts, letter, links, visit::Visit};

/// Deletes an API key of the caller
///
/// It works no more, at once; components that verify without a database follow within seconds. The owner is told by
/// mail. Permission: none beyond being signed in.
#[utoipa::path(
    delete,
    path = "/api/core/v1/auth/api-keys/{id}",
    tag = "api keys",
    params(("id" = ApiKeyId, Path, description = "The key")),
    responses((status = 204, description = "Deleted"), CallerProblems, AddressProblems, RateProblems, ServerProblems),
)]
pub async fn delete_api_key(caller: Caller, visit: Visit, Path(id): Path<ApiKeyId>) -> Result<StatusCode> {
    let key = api_key::find(&caller.db, id, caller.me.id).await?.ok_or(ProblemCode::NotFound)?;
    let deleted = delete(&caller, &visit, &key).await;
    caller.record(Event::of(SecurityEventKind::ApiKeyDeleted, &deleted).api_key(key.name)).await?;
    deleted.map(|()| StatusCode::NO_CONTENT)
}

async fn delete(caller: &Caller, visit: &Visit, key: &ApiKey) -> Result<()> {
    attempts::count_own_change(&caller.db, caller.me.id).await?;
    let forgot_password = links::forgot_password(visit.site);
    let message = Message::ApiKeyDeleted { name: key.name.as_str(), forgot_password: &forgot_password };
    let owner = letter::reader(&caller.me);
    let mail = letter::write(&owner.email, Some(&owner), visit.language, &message)?;
    let deleted = api_key::delete(&caller.db, key.id, owner.user_id, &mail, clock::now()).await?;
    Ok(deleted.then_some(()).ok_or(ProblemCode::NotFound)?)
}
