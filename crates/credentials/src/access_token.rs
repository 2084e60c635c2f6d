//! Why an access token is refused.

use chrono::TimeDelta;
use jsonwebtoken::errors::{Error, ErrorKind};
use thiserror::Error;

/// How far ahead of ours the clock of the issuer may be. Expiry has no leeway: clients refresh.
pub const LEEWAY: TimeDelta = TimeDelta::seconds(5);

/// The token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TokenError {
    /// It was good, and its time is over: refresh it.
    #[error("the access token has expired")]
    Expired,
    /// It was never good here.
    #[error("the access token is invalid: {0}")]
    Invalid(#[from] InvalidToken),
}

/// What is wrong with it. For the log: a client is not told which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum InvalidToken {
    /// Not three parts of base64url, too long, or claims of another shape.
    #[error("it is malformed")]
    Malformed,
    /// The header is no JSON object of a JWS, or names an algorithm that nobody knows, as `none`.
    #[error("its header is not understood")]
    Header,
    /// A known algorithm that isn't `EdDSA`.
    #[error("its algorithm is not accepted")]
    Algorithm,
    /// A JWT for something else, as an ID token.
    #[error("its type is not at+jwt")]
    Type,
    /// Signed with a key that is not, or no longer, one of ours, or that isn't named.
    #[error("its key is unknown")]
    Key,
    /// Changed, or signed by somebody else.
    #[error("its signature doesn't hold")]
    Signature,
    /// Issued by somebody else.
    #[error("its issuer is another")]
    Issuer,
    /// Issued for somebody else.
    #[error("its audience is another")]
    Audience,
    /// Issued later than now, and than [`LEEWAY`].
    #[error("it is not valid yet")]
    NotYetValid,
}

impl From<Error> for InvalidToken {
    fn from(error: Error) -> Self {
        match error.kind() {
            ErrorKind::InvalidSignature => Self::Signature,
            ErrorKind::InvalidAlgorithm => Self::Algorithm,
            ErrorKind::InvalidIssuer => Self::Issuer,
            ErrorKind::InvalidAudience => Self::Audience,
            _ => Self::Malformed,
        }
    }
}
