//! `POST /api/core/v1/auth/login`

use anyhow::Context;
use axum::response::Response;
use contract::{Credentials, LoginRequest, Password, ProblemCode, SecurityEventKind, TokenGrant, UserStatus};
use credentials::{PasswordHash, Verdict, os_rng};
use platform::{
    Result,
    db::Db,
    extract::Json,
    openapi::{InputProblems, RateProblems, ServerProblems},
};
use store::{
    credential::{self, PasswordCredential},
    security_log::{self, Event},
};

use crate::{attempts, grant, tokens::Tokens, visit::Visit};

/// Signs in with a password
///
/// An unknown account and a wrong password are the same in answer and in time. Permission: none.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/login",
    tag = "auth",
    request_body = LoginRequest,
    responses(
        (status = 200, body = TokenGrant, description = "Signed in: cookies are set, or the tokens are in the body"),
        (status = 401, body = contract::Problem, content_type = "application/problem+json",
            description = "`invalid_credentials`"),
        (status = 403, body = contract::Problem, content_type = "application/problem+json",
            description = "`account_locked`: the password is right. `cross_site_request`"),
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn login(visit: Visit, db: Db, Json(request): Json<LoginRequest>) -> Result<Response> {
    let given = request.parse()?;
    let opened = sign_in(&visit, &db, &given).await;
    let event = Event::of(SecurityEventKind::SignIn, &opened).typed(&given.email);
    let session = opened.as_ref().ok().map(|tokens| tokens.session_id);
    security_log::record(&db, &visit.client, event.session(session)).await?;
    opened?.into_response(request.transport)
}

async fn sign_in(Visit { site, client, .. }: &Visit, db: &Db, given: &Credentials) -> Result<Tokens> {
    attempts::count_login(db, client, &given.email).await?;
    let found = credential::find(db, &given.email).await?;
    let verdict = verify(found.as_ref(), &given.password)?;
    let account = found.filter(|_| verdict.matches).ok_or(ProblemCode::InvalidCredentials)?;
    if account.status == UserStatus::Locked {
        return Err(ProblemCode::AccountLocked.into());
    }
    attempts::forget(db, &given.email).await?;
    let upgraded = verdict.needs_upgrade.then(|| PasswordHash::new(&given.password, &mut os_rng()));
    grant::open_session(db, site, client, account.user_id, upgraded.as_ref()).await
}

/// Compares with the account's hash, or with a decoy where there is no account: the work is the same.
fn verify(account: Option<&PasswordCredential>, password: &Password) -> Result<Verdict> {
    let hash = match account {
        Some(account) => {
            PasswordHash::parse(account.password_hash.as_str()).context("stored password hash")?
        }
        None => PasswordHash::decoy(),
    };
    let verdict = hash.verify(password).context("stored password hash")?;
    Ok(Verdict { matches: verdict.matches && account.is_some(), ..verdict })
}
