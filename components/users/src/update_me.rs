//! `PATCH /api/core/v1/me`

use axum::Json as JsonBody;
use contract::{Me, UpdateMe};
use platform::{
    Result, clock,
    extract::Json,
    openapi::{CallerProblems, InputProblems, ServerProblems},
};
use store::{Caller, Enrolling, users::update_me};

/// Changes the caller's own name or language
///
/// An absent field stays as it is. Permission: none beyond being signed in.
#[utoipa::path(
    patch,
    path = "/api/core/v1/me",
    tag = "me",
    request_body = UpdateMe,
    responses(
        (status = 200, body = Me, description = "The caller, as changed"),
        CallerProblems,
        InputProblems,
        ServerProblems,
    ),
)]
pub async fn update_me(caller: Caller<Enrolling>, Json(request): Json<UpdateMe>) -> Result<JsonBody<Me>> {
    let changes = request.parse()?;
    let profile = update_me::update_me(&caller.db, caller.me.id, &changes, clock::now()).await?;
    Ok(JsonBody(Me { display_name: profile.display_name, locale: profile.locale, ..caller.me }))
}
