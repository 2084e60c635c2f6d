//! What can go wrong in a handler.

use contract::{Denied, FieldErrors, ProblemCode};

use crate::{config::ConfigError, db::DbError, key_value::KeyValueError};

/// The result of a handler.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Every way a request can fail. [`problem`](crate::problem) alone says how each looks to a client.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Refused, for a reason that has a code and needs no more words.
    #[error("{}", .0.as_str())]
    Refused(ProblemCode),
    /// Refused, and there is more to say to the client.
    #[error("{}: {detail}", .code.as_str())]
    RefusedWith {
        /// Why.
        code: ProblemCode,
        /// More, in words that a client may read.
        detail: String,
    },
    /// Fields of the request are refused.
    #[error("validation_failed: {0:?}")]
    Fields(FieldErrors),
    /// The caller lacks a permission.
    #[error("forbidden: {0}")]
    Denied(#[from] Denied),
    /// Too many attempts.
    #[error("rate_limited for {retry_after} s")]
    RateLimited {
        /// Seconds until the next is allowed.
        retry_after: u32,
    },
    /// More work is wanted than there is time for, by nobody in particular.
    #[error("overloaded for {retry_after} s")]
    Overloaded {
        /// Seconds until there is time again.
        retry_after: u32,
    },
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The key-value store failed.
    #[error(transparent)]
    KeyValue(#[from] KeyValueError),
    /// A variable is missing or wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A fault of ours.
    #[error("{0:#}")]
    Internal(#[from] anyhow::Error),
}

impl From<ProblemCode> for Error {
    fn from(code: ProblemCode) -> Self {
        Self::Refused(code)
    }
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Fields(errors)
    }
}
