//! `POST /api/core/v1/auth/login`

use anyhow::Context;
use axum::{
    Json as JsonBody,
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use contract::{
    Credentials, LoginRequest, Password, ProblemCode, SecondFactorChallenge, SecurityEventKind, TokenGrant,
    UserStatus,
};
use credentials::{OpaqueToken, PasswordHash, TokenKind, Verdict, os_rng};
use http::StatusCode;
use platform::{
    Result, clock,
    db::Db,
    extract::Json,
    openapi::{InputProblems, RateProblems, ServerProblems},
};
use store::{
    challenge::{self, NewChallenge},
    credential::{self, PasswordCredential},
    security_log::{self, Event},
};

use crate::{
    attempts::{self, Attempt, Standing},
    grant,
    tokens::Tokens,
    visit::Visit,
};

pub mod begin_passkey;
pub mod second_factor;

/// How long a sign-in waits for its second factor.
const CHALLENGE_LIFETIME: TimeDelta = TimeDelta::minutes(5);
/// How many answers may be tried for one password.
const CHALLENGE_ATTEMPTS: i32 = 5;

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
    let (kind, session) = match &outcome {
        Ok(SignIn::Challenged(_)) => (SecurityEventKind::SecondFactorAsked, None),
        Ok(SignIn::Done(tokens)) => (SecurityEventKind::SignIn, Some(tokens.session_id)),
        Err(_) => (SecurityEventKind::SignIn, None),
    };
    let event = Event::of(kind, &outcome).typed(&given.email).session(session);
    security_log::record(&db, &visit.client, event).await?;
    match outcome? {
        SignIn::Challenged(challenge) => Ok((StatusCode::ACCEPTED, JsonBody(challenge)).into_response()),
        SignIn::Done(tokens) => tokens.into_response(request.transport),
    }
}

/// How far the right password leads.
enum SignIn {
    Challenged(SecondFactorChallenge),
    Done(Tokens),
}

async fn sign_in(visit: &Visit, db: &Db, given: &Credentials) -> Result<SignIn> {
    let client = &visit.client;
    let since = attempts::known_since(clock::now());
    let found = credential::find(db, &given.email, &client.network_text(), since).await?;
    let at_home = found.as_ref().is_some_and(|account| account.known_network);
    let standing = if at_home { Standing::AtHome } else { Standing::Stranger };
    let attempt = Attempt { client, email: &given.email, standing };
    attempt.count(db, 1).await?;
    let verdict = verify(found.as_ref(), &given.password)?;
    let Some(account) = found.filter(|_| verdict.matches) else {
        attempt.failed(db).await?;
        return Err(ProblemCode::InvalidCredentials.into());
    };
    if account.status == UserStatus::Locked {
        return Err(ProblemCode::AccountLocked.into());
    }
    let upgraded = verdict.needs_upgrade.then(|| PasswordHash::new(&given.password, &mut os_rng()));
    if account.factors.any() {
        return challenge(db, &account, upgraded.as_ref()).await.map(SignIn::Challenged);
    }
    attempt.forget(db).await?;
    grant::open_session(db, visit, &account.owner, upgraded.as_ref()).await.map(SignIn::Done)
}

/// Asks for the second factor.
async fn challenge(
    db: &Db,
    account: &PasswordCredential,
    upgraded_hash: Option<&PasswordHash>,
) -> Result<SecondFactorChallenge> {
    let token = OpaqueToken::generate(TokenKind::Challenge, &mut os_rng());
    let now = clock::now();
    let challenge = NewChallenge {
        token: token.hash(),
        user_id: account.owner.user_id,
        upgraded_hash,
        attempts: CHALLENGE_ATTEMPTS,
        now,
        expires_at: now + CHALLENGE_LIFETIME,
    };
    challenge::issue(db, challenge).await?;
    Ok(SecondFactorChallenge {
        challenge: token.expose().to_owned(),
        methods: account.factors.methods(),
        expires_in: u32::try_from(CHALLENGE_LIFETIME.num_seconds()).map_err(anyhow::Error::from)?,
    })
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
