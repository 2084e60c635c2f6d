//! `GET /api/core/v1/auth/consents`

use axum::Json;
use contract::{Consent, Page};
use platform::{
    Result,
    openapi::{CallerProblems, RateProblems, ServerProblems},
};
use store::{Caller, oauth_consent};

use crate::attempts;

/// Lists what the caller has allowed applications
///
/// All of it, by the applications' names. Permission: none beyond being signed in.
#[utoipa::path(
    get,
    path = "/api/core/v1/auth/consents",
    tag = "oauth2",
    responses(
        (status = 200, body = Page<Consent>, description = "The applications, and what they were allowed"),
        CallerProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn list_consents(caller: Caller) -> Result<Json<Page<Consent>>> {
    attempts::count_consents(&caller.db, caller.me.id).await?;
    Ok(Json(Page { items: oauth_consent::list(&caller.db, caller.me.id).await?, next_cursor: None }))
}
