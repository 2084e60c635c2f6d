//! How a sign-in goes on once its first proof is right: a password, or what an identity provider says.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use contract::{ProblemCode, SecondFactorChallenge, SecurityEventKind, Transport};
use credentials::{OpaqueToken, TokenKind, os_rng};
use http::StatusCode;
use platform::{Result, clock, db::Db};
use store::{
    challenge::{self, NewChallenge},
    email_link::Reader,
    second_factor::Factors,
    security_log::Event,
};

use crate::{
    grant::{self, Proof},
    tokens::Tokens,
    visit::Visit,
};

/// How long a sign-in waits for its second factor.
const CHALLENGE_LIFETIME: TimeDelta = TimeDelta::minutes(5);
/// How many codes may be tried for one first proof.
const CHALLENGE_ATTEMPTS: i32 = 5;

/// How far the first proof leads.
pub enum SignIn {
    /// The second factor is asked for.
    Challenged(SecondFactorChallenge),
    /// A session is open.
    Done(Tokens),
}

impl SignIn {
    /// Goes on with an account that may be used: with its second factor where one is on.
    pub async fn proceed(
        db: &Db,
        visit: &Visit,
        owner: &Reader,
        factors: &Factors,
        proof: Proof<'_>,
    ) -> Result<Self> {
        if !factors.any() {
            return grant::open_session(db, visit, owner, proof).await.map(Self::Done);
        }
        let token = OpaqueToken::generate(TokenKind::Challenge, &mut os_rng());
        let now = clock::now();
        let challenge = NewChallenge {
            token: token.hash(),
            user_id: owner.user_id,
            password: proof.password,
            attempts: CHALLENGE_ATTEMPTS,
            now,
            expires_at: now + CHALLENGE_LIFETIME,
        };
        if !challenge::issue(db, challenge).await? {
            return Err(ProblemCode::InvalidCredentials.into());
        }
        Ok(Self::Challenged(SecondFactorChallenge {
            challenge: token.expose().to_owned(),
            methods: factors.methods(),
            expires_in: u32::try_from(CHALLENGE_LIFETIME.num_seconds()).map_err(anyhow::Error::from)?,
        }))
    }

    /// What the security log has of it.
    pub fn event<'a>(outcome: &Result<Self>) -> Event<'a> {
        let (kind, session) = match outcome {
            Ok(Self::Challenged(_)) => (SecurityEventKind::SecondFactorAsked, None),
            Ok(Self::Done(tokens)) => (SecurityEventKind::SignIn, Some(tokens.session_id)),
            Err(_) => (SecurityEventKind::SignIn, None),
        };
        Event::of(kind, outcome).session(session)
    }

    /// The answer.
    pub fn into_response(self, transport: Transport) -> Result<Response> {
        match self {
            Self::Challenged(challenge) => Ok((StatusCode::ACCEPTED, Json(challenge)).into_response()),
            Self::Done(tokens) => tokens.into_response(transport),
        }
    }
}
