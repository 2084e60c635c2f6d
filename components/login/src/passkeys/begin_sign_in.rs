//! `POST /api/core/v1/auth/passkeys/authentication`

use axum::Json;
use contract::PasskeyCeremony;
use platform::{
    Result,
    db::Db,
    openapi::{OriginProblems, RateProblems, ServerProblems},
};

use super::{
    ceremony::{self, Occasion},
    relying_party::RelyingParty,
};
use crate::{attempts, visit::Visit};

/// Begins to sign in with a passkey
///
/// The answer is what `navigator.credentials.get()` is to be asked, by a page of the application's public address: for
/// whichever passkey the person picks, in a dialogue or among what the browser fills in. Permission: none.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/passkeys/authentication",
    tag = "passkeys",
    responses(
        (status = 200, body = PasskeyCeremony, description = "What to ask the browser for"),
        OriginProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn begin_passkey_sign_in(visit: Visit, db: Db) -> Result<Json<PasskeyCeremony>> {
    attempts::count_page(&db, &visit.client).await?;
    let question = RelyingParty::of(visit.site)?.ask_anybody()?;
    ceremony::begin(&db, Occasion::SignIn, question).await.map(Json)
}
