//! Why a request failed.

use contract::{FieldError, Problem, ProblemCode};

use super::transport::Response;
use crate::passkey::PasskeyRefusal;

/// Why there is no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// The API refused, and says why.
    Refused {
        /// Its reason.
        problem: Box<Problem>,
        /// After how many seconds to try again.
        retry_after: Option<u32>,
    },
    /// No answer came.
    Lost,
    /// An answer that isn't the API's: a proxy's error page, or a version that differs.
    Unreadable {
        /// The HTTP status.
        status: u16,
    },
    /// The session has ended; the visitor has been sent to sign in.
    SignedOut,
    /// It asks for a fresh proof of who is there, and the person gave none.
    Unproven,
    /// It asks for a passkey, and the browser gave none.
    NoPasskey(PasskeyRefusal),
}

impl From<PasskeyRefusal> for ApiError {
    fn from(refusal: PasskeyRefusal) -> Self {
        Self::NoPasskey(refusal)
    }
}

impl ApiError {
    /// Reads the refusal in a response.
    pub fn from_response(response: &Response) -> Self {
        match serde_json::from_str(&response.body) {
            Ok(problem) => Self::Refused { problem: Box::new(problem), retry_after: response.retry_after },
            Err(_) => Self::Unreadable { status: response.status },
        }
    }

    /// The API's reason, if it gave one.
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Refused { problem, .. } => Some(problem.code),
            _ => None,
        }
    }

    /// The fields that the API refused.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Self::Refused { problem, .. } => &problem.errors,
            _ => &[],
        }
    }
}
