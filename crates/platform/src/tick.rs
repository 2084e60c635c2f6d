//! The tick: what is done when the time has come for it, and who may say so.

use axum::extract::FromRequestParts;
use contract::ProblemCode;
use http::request::Parts;
use subtle::ConstantTimeEq;

use crate::{Error, Result, bearer::authorization, config};

/// Where `worker` answers. No public route leads there: it is reached by service chaining alone.
pub const PATH: &str = "/tick";

/// Proof of knowing `tick_token`.
pub struct Timer;

impl<S: Send + Sync> FromRequestParts<S> for Timer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let presented = authorization(&parts.headers)?.ok_or(ProblemCode::Unauthenticated)?;
        match config::tick_token().await? {
            Some(token) if matches(token, presented) => Ok(Self),
            _ => Err(ProblemCode::TokenInvalid.into()),
        }
    }
}

/// In a time that tells nothing but the length.
fn matches(token: &str, presented: &str) -> bool {
    token.as_bytes().ct_eq(presented.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_the_token_matches() {
        assert!(matches("secret", "secret"));
        for wrong in ["", "secre", "secreT", "secret "] {
            assert!(!matches("secret", wrong), "{wrong}");
        }
    }
}
