//! `POST /api/core/v1/auth/password/change`

use anyhow::Context;
use contract::{ChangePasswordRequest, FieldCode, PasswordStrength};
use credentials::{PasswordHash, os_rng};
use http::StatusCode;
use mail::Message;
use platform::{
    Result, clock,
    extract::Json,
    openapi::{CallerProblems, InputProblems, RateProblems, ServerProblems},
    problem::refuse_field,
    revocation,
};
use store::{Caller, credential};

use crate::{
    attempts::{self, Attempt, Standing},
    letter, links,
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
    let attempt = Attempt { client: &client, email: &me.email, standing: Standing::SignedIn };
    attempt.count(db, 2).await?;
    let (network, since) = (client.network_text(), attempts::known_since(clock::now()));
    let stored =
        credential::find(db, &me.email, &network, since).await?.context("the caller has no password")?;
    let hash = PasswordHash::parse(stored.password_hash.as_str()).context("stored password hash")?;
    if !hash.verify(&passwords.current).context("stored password hash")?.matches {
        return Err(refuse_field("current_password", FieldCode::Wrong));
    }
    PasswordStrength::require("new_password", &passwords.new, &me.email, &me.display_name)?;
    let message = Message::PasswordChanged { forgot_password: &links::forgot_password(site) };
    let mail = letter::write(&me.email, Some(&letter::reader(me)), language, &message)?;
    let hash = PasswordHash::new(&passwords.new, &mut os_rng());
    let ended = credential::change(db, me.id, me.session_id, &hash, &mail, clock::now()).await?;
    revocation::revoke(&ended).await?;
    attempt.forget(db).await?;
    Ok(StatusCode::NO_CONTENT)
}
