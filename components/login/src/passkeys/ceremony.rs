//! A browser is asked for a passkey, and answers: once, within five minutes, for what it was asked for.

use std::fmt;

use chrono::TimeDelta;
use contract::{PasskeyCeremony, ProblemCode, SessionId};
use credentials::{OpaqueToken, TokenHash, TokenKind, os_rng};
use platform::{Result, clock, db::Db};
use store::passkey_ceremony::{self, NewCeremony};

use super::relying_party::Question;

/// How long a browser may take; the library asks for the same.
const LIFETIME: TimeDelta = TimeDelta::minutes(5);

/// What a passkey is asked for; the answer is good for nothing else.
#[derive(Clone, Copy)]
pub enum Occasion {
    /// To add one to the account of that session.
    Registration(SessionId),
    /// To sign in.
    SignIn,
    /// To answer that challenge.
    SecondFactor(TokenHash),
    /// To prove who is at the keyboard of that session.
    StepUp(SessionId),
}

impl fmt::Display for Occasion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Registration(session) => write!(f, "registration {session}"),
            Self::SignIn => f.write_str("sign-in"),
            Self::SecondFactor(challenge) => write!(f, "second-factor {}", challenge.to_hex()),
            Self::StepUp(session) => write!(f, "step-up {session}"),
        }
    }
}

/// Keeps what a browser is to be asked.
pub async fn begin(db: &Db, occasion: Occasion, question: Question) -> Result<PasskeyCeremony> {
    let token = OpaqueToken::generate(TokenKind::Passkey, &mut os_rng());
    let now = clock::now();
    let ceremony = NewCeremony {
        token: token.hash(),
        occasion: &occasion.to_string(),
        state: &question.state,
        now,
        expires_at: now + LIFETIME,
    };
    passkey_ceremony::begin(db, ceremony).await?;
    Ok(PasskeyCeremony {
        ceremony: token.expose().to_owned(),
        options: question.options,
        expires_in: u32::try_from(LIFETIME.num_seconds()).map_err(anyhow::Error::from)?,
    })
}

/// What a browser was asked, which it can't answer again.
pub async fn finish(db: &Db, occasion: Occasion, token: &str) -> Result<String> {
    let token = OpaqueToken::parse(TokenKind::Passkey, token);
    let token = token.map_err(|_| ProblemCode::PasskeyCeremonyInvalid)?;
    let state = passkey_ceremony::finish(db, token.hash(), &occasion.to_string(), clock::now()).await?;
    Ok(state.ok_or(ProblemCode::PasskeyCeremonyInvalid)?)
}
