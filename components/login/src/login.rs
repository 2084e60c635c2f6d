//! `POST /api/core/v1/auth/login`

use anyhow::Context;
use axum::response::Response;
use contract::{
    Credentials, LoginRequest, Password, ProblemCode, SecondFactorChallenge, TokenGrant, UserStatus,
};
use credentials::{PasswordHash, Verdict, os_rng};
use platform::{
    Result, clock,
    db::Db,
    extract::Json,
    openapi::{InputProblems, RateProblems, ServerProblems},
};
use store::{
    credential::{self, PasswordCredential, VerifiedPassword},
    security_log,
};

use crate::{
    attempts::{self, Attempt, Standing},
    grant::Proof,
    sign_in::SignIn,
    visit::Visit,
};

pub mod begin_passkey;
pub mod second_factor;

/// Signs in with a password
///
/// An unknown account and a wrong password are the same in answer and in time. Where a second factor is on, the answer
/// is a challenge for `.../login/second-factor`. Permission: none.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/login",
    tag = "auth",
    request_body = LoginRequest,
    responses(
        (status = 200, body = TokenGrant, description = "Signed in: cookies are set, or the tokens are in the body"),
        (status = 202, body = SecondFactorChallenge, description = "The password is right: the second factor is asked for"),
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
    let outcome = sign_in(&visit, &db, &given).await;
    let event = SignIn::event(&outcome).typed(&given.email);
    security_log::record(&db, &visit.client, event).await?;
    outcome?.into_response(request.transport)
}

async fn sign_in(visit: &Visit, db: &Db, given: &Credentials) -> Result<SignIn> {
    let client = &visit.client;
    let since = attempts::known_since(clock::now());
    let found = credential::find(db, &given.email, &client.network_text(), since).await?;
    let at_home = found.as_ref().is_some_and(|account| account.known_network);
    let standing = if at_home { Standing::AtHome } else { Standing::Stranger };
    let attempt = Attempt { client, email: &given.email, standing };
    attempt.count(db).await?;
    let verdict = verify(found.as_ref(), &given.password)?;
    let Some(account) = found.filter(|_| verdict.matches) else {
        attempt.failed(db).await?;
        return Err(ProblemCode::InvalidCredentials.into());
    };
    if account.status == UserStatus::Locked {
        return Err(ProblemCode::AccountLocked.into());
    }
    let upgraded = verdict.needs_upgrade.then(|| PasswordHash::new(&given.password, &mut os_rng()));
    let password = VerifiedPassword { hash: &account.password_hash, upgraded_hash: upgraded.as_ref() };
    if !account.factors.any() {
        attempts::forget(db, client, &given.email).await?;
    }
    SignIn::proceed(db, visit, &account.owner, &account.factors, Proof::fresh(Some(password))).await
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
