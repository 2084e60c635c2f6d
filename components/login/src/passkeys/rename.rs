//! `PATCH /api/core/v1/auth/passkeys/{id}`

use axum::Json as JsonBody;
use contract::{Passkey, PasskeyId, ProblemCode, RenamePasskey};
use platform::{
    Result,
    extract::{Json, Path},
    openapi::{AddressProblems, CallerProblems, InputProblems, RateProblems, ServerProblems},
};
use store::{Caller, Enrolling, passkey};

use crate::attempts;

/// Renames a passkey of the caller
///
/// What the device calls it stays. Permission: none beyond being signed in.
#[utoipa::path(
    patch,
    path = "/api/core/v1/auth/passkeys/{id}",
    tag = "passkeys",
    params(("id" = PasskeyId, Path, description = "The passkey")),
    request_body = RenamePasskey,
    responses(
        (status = 200, body = Passkey, description = "Renamed"),
        CallerProblems,
        AddressProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn rename_passkey(
    caller: Caller<Enrolling>,
    Path(id): Path<PasskeyId>,
    Json(request): Json<RenamePasskey>,
) -> Result<JsonBody<Passkey>> {
    let name = request.parse()?;
    attempts::count_own_change(&caller.db, caller.me.id).await?;
    let renamed = passkey::rename(&caller.db, id, caller.me.id, &name).await?;
    Ok(renamed.map(JsonBody).ok_or(ProblemCode::NotFound)?)
}
