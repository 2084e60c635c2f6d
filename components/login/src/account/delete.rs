//! `POST /api/core/v1/auth/account/delete`

use axum::response::{IntoResponse, Response};
use contract::{DeleteAccountRequest, Me, Password, ProblemCode, SecurityEventKind, SessionId};
use http::StatusCode;
use mail::Message;
use platform::{
    Error, Result, clock,
    extract::Json,
    openapi::{CallerProblems, InputProblems, RateProblems, ServerProblems},
    revocation,
};
use store::{Caller, account, security_log::Event, users::Refusal};

use crate::{letter, owner, tokens, visit::Visit};

/// Deletes the caller's account
///
/// For good, with everything that belongs to it. The current password is the proof that the owner is at the keyboard;
/// the sessions end at once and everywhere, and the owner is told by mail. Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/account/delete",
    tag = "account",
    request_body = DeleteAccountRequest,
    responses(
        (status = 204, description = "Deleted; the cookies are cleared"),
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`last_administrator`: nobody would be left to administer. `password_not_set`"),
        CallerProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn delete_account(
    caller: Caller,
    visit: Visit,
    Json(request): Json<DeleteAccountRequest>,
) -> Result<Response> {
    let password = request.parse()?;
    let deleted = delete(&caller, &visit, &password).await;
    // The log names accounts by id: of one that is gone it keeps the address.
    let Me { id, email, .. } = &caller.me;
    caller.record(Event::of(SecurityEventKind::AccountDeleted, &deleted).account(*id).typed(email)).await?;
    revocation::revoke(&deleted?).await?;
    tokens::clear(StatusCode::NO_CONTENT.into_response())
}

/// Answers the sessions that ended.
async fn delete(caller: &Caller, visit: &Visit, password: &Password) -> Result<Vec<SessionId>> {
    owner::prove(caller, "current_password", password).await?;
    let Caller { me, db, .. } = caller;
    let mail = letter::write(&me.email, Some(&letter::reader(me)), visit.language, &Message::AccountDeleted)?;
    account::delete(db, me.id, &mail, clock::now()).await?.map_err(refused)
}

fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::LastAdministrator => ProblemCode::LastAdministrator,
        // Another request has deleted it at this very moment.
        _ => ProblemCode::SessionEnded,
    }
    .into()
}
