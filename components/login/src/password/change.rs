//! `POST /api/core/v1/auth/password/change`

use contract::{
    ChangePasswordRequest, FieldCode, PasswordChange, PasswordStrength, SecurityEventKind, SessionId,
};
use credentials::{PasswordHash, os_rng};
use http::StatusCode;
use mail::Message;
use platform::{
    Result, clock,
    extract::Json,
    openapi::{CallerProblems, InputProblems, PasswordProblems, RateProblems, ServerProblems},
    problem::refuse_field,
    revocation,
};
use store::{
    Caller,
    credential::{self, NewPassword},
    security_log::Event,
};

use crate::{
    attempts::{self, Standing},
    letter, links, owner,
    visit::Visit,
};

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
        PasswordProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn change_password(
    caller: Caller,
    visit: Visit,
    Json(request): Json<ChangePasswordRequest>,
) -> Result<StatusCode> {
    let passwords = request.parse()?;
    let changed = change(&caller, &visit, &passwords).await;
    caller.record(Event::of(SecurityEventKind::PasswordChanged, &changed)).await?;
    revocation::revoke(&changed?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Answers the sessions that ended.
async fn change(caller: &Caller, visit: &Visit, passwords: &PasswordChange) -> Result<Vec<SessionId>> {
    let Caller { me, session, db, .. } = caller;
    let verified = owner::prove(caller, "current_password", &passwords.current).await?;
    attempts::count_hash(db, Standing::SignedIn).await?;
    PasswordStrength::require("new_password", &passwords.new, &me.email, &me.display_name)?;
    let message = Message::PasswordChanged { forgot_password: &links::forgot_password(visit.site) };
    let mail = letter::write(&me.email, Some(&letter::reader(me)), visit.language, &message)?;
    let hash = PasswordHash::new(&passwords.new, &mut os_rng());
    let hashes = NewPassword { verified: &verified, new: &hash };
    let ended = credential::change(db, me.id, *session, hashes, &mail, clock::now()).await?;
    ended.ok_or_else(|| refuse_field("current_password", FieldCode::Wrong))
}
