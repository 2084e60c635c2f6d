//! `GET /api/core/v1/auth/account/export`

use axum::{Json, response::IntoResponse};
use contract::{AccountExport, ProblemCode, SecurityEventKind};
use http::header;
use platform::{
    Result,
    openapi::{CallerProblems, RateProblems, ServerProblems},
};
use store::{Caller, account, security_log::Event};

use crate::attempts;

const ATTACHMENT: (header::HeaderName, &str) =
    (header::CONTENT_DISPOSITION, "attachment; filename=\"matrice-account.json\"");

/// Exports the caller's account
///
/// All that is kept about its owner, as a file; of passwords, tokens and links only when they were made.
/// Permission: none beyond being signed in.
#[utoipa::path(
    get,
    path = "/api/core/v1/auth/account/export",
    tag = "account",
    responses(
        (status = 200, body = AccountExport, description = "Everything",
            headers(("Content-Disposition" = String, description = "`attachment`"))),
        CallerProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn export_account(caller: Caller) -> Result<impl IntoResponse> {
    let export = export(&caller).await;
    caller.record(Event::of(SecurityEventKind::AccountExported, &export)).await?;
    Ok(([ATTACHMENT], Json(export?)))
}

async fn export(Caller { me, db, .. }: &Caller) -> Result<AccountExport> {
    attempts::count_export(db, me.id).await?;
    Ok(account::export(db, me.id).await?.ok_or(ProblemCode::SessionEnded)?)
}
