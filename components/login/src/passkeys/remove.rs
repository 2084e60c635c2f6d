//! `DELETE /api/core/v1/auth/passkeys/{id}`

use contract::{Passkey, PasskeyId, ProblemCode, SecurityEventKind};
use http::StatusCode;
use mail::Message;
use platform::{
    Result, clock,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, RateProblems, ServerProblems},
};
use store::{
    Caller, Enrolling, Proven,
    passkey::{self, Removal},
    security_log::Event,
};

use crate::{attempts, letter, links, visit::Visit};

/// Removes a passkey of the caller
///
/// It signs nobody in any more, at once; with the last second factor go the recovery codes. The owner is told by mail.
/// Asks for a fresh proof. Permission: none beyond being signed in.
#[utoipa::path(
    delete,
    path = "/api/core/v1/auth/passkeys/{id}",
    tag = "passkeys",
    params(("id" = PasskeyId, Path, description = "The passkey")),
    responses(
        (status = 204, description = "Removed"),
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`last_second_factor`: a role of the caller demands one"),
        CallerProblems,
        AddressProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn remove_passkey(
    caller: Caller<Proven<Enrolling>>,
    visit: Visit,
    Path(id): Path<PasskeyId>,
) -> Result<StatusCode> {
    let passkey = passkey::find(&caller.db, id, caller.me.id).await?.ok_or(ProblemCode::NotFound)?;
    let removed = remove(&caller, &visit, &passkey).await;
    caller.record(Event::of(SecurityEventKind::PasskeyRemoved, &removed).passkey(passkey.name)).await?;
    removed.map(|()| StatusCode::NO_CONTENT)
}

async fn remove(caller: &Caller<Proven<Enrolling>>, visit: &Visit, passkey: &Passkey) -> Result<()> {
    let Caller { me, db, .. } = caller;
    attempts::count_own_change(db, me.id).await?;
    let forgot_password = links::forgot_password(visit.site);
    let message = Message::PasskeyRemoved { name: passkey.name.as_str(), forgot_password: &forgot_password };
    let mail = letter::write(&me.email, Some(&letter::reader(me)), visit.language, &message)?;
    match passkey::remove(db, passkey.id, me.id, &mail, clock::now()).await? {
        Removal::Done => Ok(()),
        Removal::NotFound => Err(ProblemCode::NotFound.into()),
        Removal::LastSecondFactor => Err(ProblemCode::LastSecondFactor.into()),
    }
}
