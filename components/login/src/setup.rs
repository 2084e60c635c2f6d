//! `POST /api/core/v1/auth/setup`

use axum::response::Response;
use contract::{PasswordStrength, ProblemCode, SecurityEventKind, Setup, SetupRequest, TokenGrant, UserId};
use credentials::{OpaqueToken, PasswordHash, TokenKind, os_rng};
use platform::{
    Result, clock,
    db::Db,
    extract::Json,
    openapi::{InputProblems, RateProblems, ServerProblems},
};
use store::{
    email_link::Reader,
    security_log::{self, Event},
    setup::{SetupOutcome, complete},
};
use uuid::Uuid;

use crate::{
    attempts::{self, Standing},
    grant::{self, Proof},
    tokens::Tokens,
    visit::Visit,
};

/// Creates the first administrator
///
/// With the token of the set-up link, once, on an empty database; the administrator is signed in at once.
/// Permission: none, the link is the proof.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/setup",
    tag = "auth",
    request_body = SetupRequest,
    responses(
        (status = 200, body = TokenGrant, description = "Created and signed in"),
        (status = 403, body = contract::Problem, content_type = "application/problem+json",
            description = "`setup_token_invalid`: unknown, used or older than 30 minutes. `cross_site_request`"),
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`setup_done`: there are accounts already"),
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
)]
pub async fn setup(visit: Visit, db: Db, Json(request): Json<SetupRequest>) -> Result<Response> {
    let setup = request.parse()?;
    let opened = set_up(&visit, &db, &request.token, &setup).await;
    let event = Event::of(SecurityEventKind::SetUp, &opened).typed(&setup.email);
    let session = opened.as_ref().ok().map(|tokens| tokens.session_id);
    security_log::record(&db, &visit.client, event.session(session)).await?;
    opened?.into_response(request.transport)
}

async fn set_up(visit: &Visit, db: &Db, token: &str, setup: &Setup) -> Result<Tokens> {
    attempts::count_anonymous(db, &visit.client).await?;
    let token = OpaqueToken::parse(TokenKind::Setup, token).map_err(|_| ProblemCode::SetupTokenInvalid)?;
    attempts::count_hash(db, Standing::Stranger).await?;
    PasswordStrength::require("password", &setup.password, &setup.email, &setup.display_name)?;
    let id = UserId(Uuid::now_v7());
    let hash = PasswordHash::new(&setup.password, &mut os_rng());
    match complete(db, token.hash(), id, setup, &hash, clock::now()).await? {
        SetupOutcome::Done => {
            let (email, display_name) = (setup.email.clone(), setup.display_name.clone());
            let owner = Reader { user_id: id, email, display_name, locale: None };
            grant::open_session(db, visit, &owner, Proof::fresh(None)).await
        }
        SetupOutcome::SetupDone => Err(ProblemCode::SetupDone.into()),
        SetupOutcome::SetupTokenInvalid => Err(ProblemCode::SetupTokenInvalid.into()),
    }
}
