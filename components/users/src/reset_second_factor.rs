//! `DELETE /api/core/v1/users/{id}/second-factor`

use axum::Extension;
use contract::{ProblemCode, SecurityEventKind, SessionId, UserId};
use http::StatusCode;
use mail::Message;
use platform::{
    Result, clock,
    config::Site,
    extract::Path,
    links,
    openapi::{AddressProblems, CallerProblems, RateProblems, ServerProblems},
    revocation,
};
use store::{
    Caller, Proven, letter, may, roles,
    security_log::Event,
    users::{get, reset_second_factor as statements},
};

/// Takes an account's second factor off
///
/// For somebody who has lost it: the authenticator app, the passkeys and the recovery codes count no more, the sessions
/// end at once, everywhere, and the owner is told by mail. Needs everything that the account may do, and a fresh proof.
/// Permission: `users:write`.
#[utoipa::path(
    delete,
    path = "/api/core/v1/users/{id}/second-factor",
    tag = "users",
    params(("id" = UserId, Path, description = "The account")),
    responses(
        (status = 204, description = "Off"),
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`second_factor_off`: there is none"),
        CallerProblems,
        AddressProblems,
        RateProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("users:write"))),
)]
pub async fn reset_second_factor(
    caller: Caller<Proven<may::UsersWrite>>,
    Extension(site): Extension<&'static Site>,
    Path(id): Path<UserId>,
) -> Result<StatusCode> {
    let reset = reset(&caller, site, id).await;
    caller.record(Event::of(SecurityEventKind::SecondFactorReset, &reset).account(id)).await?;
    revocation::revoke(&reset?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Answers the sessions that ended.
async fn reset(caller: &Caller<Proven<may::UsersWrite>>, site: &Site, id: UserId) -> Result<Vec<SessionId>> {
    let Caller { me, db, .. } = caller;
    caller.count_change().await?;
    let owner = get::owner(db, id).await?.ok_or(ProblemCode::NotFound)?;
    // What it guards is all that the account may do.
    caller.require_all(roles::permissions_of(db, id).await?)?;
    let message = Message::SecondFactorReset { forgot_password: &links::forgot_password(site) };
    let mail = letter::write(
        &owner.email,
        Some(&owner),
        me.as_ref().and_then(|me| me.locale).unwrap_or_default(),
        &message,
    )?;
    let ended = statements::reset_second_factor(db, id, &mail, clock::now()).await?;
    Ok(ended.ok_or(ProblemCode::SecondFactorOff)?)
}
