//! `POST /api/core/v1/auth/password/change`

use contract::ChangePasswordRequest;
use credentials::{PasswordHash, os_rng};
use http::StatusCode;
use mail::Message;
use platform::{
    Result, clock,
    extract::Json,
    openapi::{CallerProblems, InputProblems, RateProblems, ServerProblems},
    revocation,
};
use store::{Caller, credential};

use crate::{letter, links, owner, visit::Visit};

/// Changes the caller's password
///
/// The current one is the proof that the owner is at the keyboard. The other sessions end, and the owner is told
/// by mail. Permission: none beyond being signed in.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/password/change",
    tag = "password",
    request_body = ChangePasswordRequest,
    responses(
        (status = 204, description = "Changed; this session goes on"),
        CallerProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn change_password(
    caller: Caller,
    Visit { site, client, language }: Visit,
    Json(request): Json<ChangePasswordRequest>,
) -> Result<StatusCode> {
    let passwords = request.parse()?;
    let Caller { me, db, .. } = &caller;
    owner::prove(&caller, &client, &passwords.current).await?;
    let message = Message::PasswordChanged { forgot_password: &links::forgot_password(site) };
    let mail = letter::write(&me.email, Some(&letter::reader(me)), language, &message)?;
    let hash = PasswordHash::new(&passwords.new, &mut os_rng());
    let ended = credential::change(db, me.id, me.session_id, &hash, &mail, clock::now()).await?;
    revocation::revoke(&ended).await?;
    Ok(StatusCode::NO_CONTENT)
}
