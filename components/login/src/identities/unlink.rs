//! `DELETE /api/core/v1/auth/identities/{id}`

use contract::{Identity, IdentityId, ProblemCode, SecurityEventKind};
use http::StatusCode;
use mail::Message;
use platform::{
    Result, clock,
    config::IdentityProviders,
    extract::Path,
    openapi::{AddressProblems, CallerProblems, RateProblems, ServerProblems},
};
use store::{Caller, Proven, identity, security_log::Event};

use crate::{attempts, letter, links, visit::Visit};

/// Unlinks an identity of the caller
///
/// It signs in no more, unless the caller links it again; open sessions go on. The last one of an account without a
/// password may go too: a mailed link sets a password at any time. The owner is told by mail. Asks for a fresh proof.
/// Permission: none beyond being signed in.
#[utoipa::path(
    delete,
    path = "/api/core/v1/auth/identities/{id}",
    tag = "identities",
    params(("id" = IdentityId, Path, description = "The identity")),
    responses(
        (status = 204, description = "Unlinked"),
        CallerProblems,
        AddressProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn unlink_identity(
    caller: Caller<Proven>,
    visit: Visit,
    Path(id): Path<IdentityId>,
) -> Result<StatusCode> {
    let identity = identity::find(&caller.db, id, caller.me.id).await?.ok_or(ProblemCode::NotFound)?;
    let unlinked = unlink(&caller, &visit, &identity).await;
    let event = Event::of(SecurityEventKind::IdentityUnlinked, &unlinked).provider(identity.provider);
    caller.record(event).await?;
    unlinked.map(|()| StatusCode::NO_CONTENT)
}

async fn unlink(caller: &Caller<Proven>, visit: &Visit, identity: &Identity) -> Result<()> {
    let Caller { me, db, .. } = caller;
    attempts::count_own_change(db, me.id).await?;
    let id = identity.provider.as_str();
    // It may be off by now.
    let provider = IdentityProviders::get().await?.find(id).map_or(id, |provider| &*provider.name);
    let forgot_password = links::forgot_password(visit.site);
    let message = Message::IdentityUnlinked { provider, forgot_password: &forgot_password };
    let mail = letter::write(&me.email, Some(&letter::reader(me)), visit.language, &message)?;
    let unlinked = identity::unlink(db, identity.id, me.id, &mail, clock::now()).await?;
    Ok(unlinked.then_some(()).ok_or(ProblemCode::NotFound)?)
}
