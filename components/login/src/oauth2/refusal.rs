//! Refusals in OAuth's own form.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use contract::{OAuthError, OAuthErrorCode};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use platform::Error;

/// Why a request of an application is refused.
pub enum Refusal {
    /// For a reason that the standards know.
    Known(OAuthErrorCode, &'static str),
    /// It came without any token, so there is nothing to say of one (RFC 6750 §3.1).
    NoToken,
    /// Too many requests.
    Limited {
        /// Seconds until the next is allowed.
        retry_after: u32,
    },
    /// A fault of ours, or of the request as HTTP: problem details.
    Problem(Error),
}

impl<E: Into<Error>> From<E> for Refusal {
    fn from(error: E) -> Self {
        match error.into() {
            Error::RateLimited { retry_after } => Self::Limited { retry_after },
            other => Self::Problem(other),
        }
    }
}

/// Refuses for want of something that the request must have, or must not.
pub fn invalid_request(description: &'static str) -> Refusal {
    Refusal::Known(OAuthErrorCode::InvalidRequest, description)
}

/// Refuses an access token.
pub fn invalid_token(description: &'static str) -> Refusal {
    Refusal::Known(OAuthErrorCode::InvalidToken, description)
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut headers = HeaderMap::new();
        let (status, error, description) = match self {
            Self::Problem(error) => return error.into_response(),
            Self::NoToken => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
                return (StatusCode::UNAUTHORIZED, headers).into_response();
            }
            Self::Limited { retry_after } => {
                headers.insert(header::RETRY_AFTER, retry_after.into());
                (StatusCode::TOO_MANY_REQUESTS, OAuthErrorCode::TemporarilyUnavailable, "too many requests")
            }
            Self::Known(error, description) => {
                let (status, challenge) = challenge(error);
                headers
                    .extend(challenge.map(|text| (header::WWW_AUTHENTICATE, HeaderValue::from_static(text))));
                (status, error, description)
            }
        };
        let body = OAuthError { error, error_description: Some(description.to_owned()) };
        (status, headers, Json(body)).into_response()
    }
}

/// The status of an error (RFC 6749 §5.2, RFC 6750 §3.1), and what would be needed instead.
fn challenge(error: OAuthErrorCode) -> (StatusCode, Option<&'static str>) {
    match error {
        OAuthErrorCode::InvalidClient => (StatusCode::UNAUTHORIZED, Some("Basic realm=\"oauth2\"")),
        OAuthErrorCode::InvalidToken => (StatusCode::UNAUTHORIZED, Some("Bearer error=\"invalid_token\"")),
        OAuthErrorCode::InsufficientScope => {
            (StatusCode::FORBIDDEN, Some("Bearer error=\"insufficient_scope\", scope=\"openid\""))
        }
        _ => (StatusCode::BAD_REQUEST, None),
    }
}
