//! The one place where errors become HTTP (RFC 9457).

use std::sync::Arc;

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use contract::{FieldCode, FieldErrors, Problem, ProblemCode};
use http::{HeaderValue, StatusCode, header};

use crate::error::Error;

/// Marks a response as a failure until [`serve`](crate::serve) writes its body, which needs the request's id.
#[derive(Clone)]
struct Failure(Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = status(self.code());
        let mut response = status.into_response();
        response.extensions_mut().insert(Failure(Arc::new(self)));
        response
    }
}

/// Gives a failed response its body: an [`Error`] of ours, or a bare 404, 405 or 415 of the router.
pub(crate) fn render(mut response: Response, request_id: &str) -> Response {
    if let Some(Failure(error)) = response.extensions_mut().remove::<Failure>() {
        log(&error, request_id);
        return write(response, &describe(&error, request_id), retry_after(&error));
    }
    match response.status() {
        StatusCode::NOT_FOUND => write(response, &Problem::new(ProblemCode::NotFound, request_id), None),
        StatusCode::METHOD_NOT_ALLOWED => {
            write(response, &Problem::new(ProblemCode::MethodNotAllowed, request_id), None)
        }
        _ => response,
    }
}

impl Error {
    /// The code that a client gets.
    pub fn code(&self) -> ProblemCode {
        match self {
            Self::Refused(code) | Self::RefusedWith { code, .. } => *code,
            Self::Fields(_) => ProblemCode::ValidationFailed,
            Self::Denied(_) => ProblemCode::Forbidden,
            Self::RateLimited { .. } => ProblemCode::RateLimited,
            Self::Overloaded { .. } => ProblemCode::Overloaded,
            Self::Db(error) if error.is_unavailable() => ProblemCode::Unavailable,
            Self::KeyValue(_) => ProblemCode::Unavailable,
            Self::Db(_) | Self::Config(_) | Self::Internal(_) => ProblemCode::Internal,
        }
    }
}

fn describe(error: &Error, request_id: &str) -> Problem {
    let mut problem = Problem::new(error.code(), request_id);
    match error {
        Error::RefusedWith { detail, .. } => problem.detail = Some(detail.clone()),
        Error::Denied(denied) => problem.detail = Some(denied.to_string()),
        Error::Fields(errors) => problem.errors = errors.clone().into_vec(),
        _ => {}
    }
    problem
}

/// Seconds after which the client may try again.
fn retry_after(error: &Error) -> Option<u32> {
    match error {
        Error::RateLimited { retry_after } | Error::Overloaded { retry_after } => Some(*retry_after),
        _ if error.code() == ProblemCode::Unavailable => Some(1),
        _ => None,
    }
}

/// Faults of ours go to the log whole; refusals are the client's business, and a flood is not to fill the log.
fn log(error: &Error, request_id: &str) {
    let code = error.code();
    if code.status() >= 500 && code != ProblemCode::Overloaded {
        tracing::error!(request_id, code = code.as_str(), error = %error, "request failed");
    } else {
        tracing::debug!(request_id, code = code.as_str(), error = %error, "request refused");
    }
}

fn write(response: Response, problem: &Problem, retry_after: Option<u32>) -> Response {
    let (mut parts, _) = response.into_parts();
    // A problem is plain data: it always serialises.
    let body = serde_json::to_vec(problem).unwrap_or_default();
    // With its length said, the answer is whole when its last byte is there: Spin 4.1 may never send the chunk that ends it
    // where it refuses a request without reading all of its body.
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if problem.status == 401 {
        parts.headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(seconds) = retry_after {
        parts.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Response::from_parts(parts, Body::from(body))
}

fn status(code: ProblemCode) -> StatusCode {
    StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// One refused field, as an error.
pub fn refuse_field(field: &str, code: FieldCode) -> Error {
    Error::Fields(FieldErrors::one(field, contract::FieldRule::new(code)))
}

#[cfg(test)]
mod tests {
    use contract::{Denied, FieldRule, Permission};

    use super::*;
    use crate::{config::ConfigError, db::DbError, key_value::KeyValueError};

    #[test]
    fn every_error_has_its_status_and_says_nothing_internal() {
        let table: Vec<(Error, u16, Option<u32>)> = vec![
            (ProblemCode::NotFound.into(), 404, None),
            (Error::RefusedWith { code: ProblemCode::MalformedRequest, detail: "why".into() }, 400, None),
            (Error::Fields(FieldErrors::one("email", FieldRule::new(FieldCode::Required))), 422, None),
            (Denied { missing: vec![Permission::UsersRead] }.into(), 403, None),
            (Error::RateLimited { retry_after: 7 }, 429, Some(7)),
            (Error::Overloaded { retry_after: 2 }, 503, Some(2)),
            (DbError::Unavailable("secret".into()).into(), 503, Some(1)),
            (DbError::Failed("secret".into()).into(), 500, None),
            (KeyValueError("secret".into()).into(), 503, Some(1)),
            (ConfigError { variable: "secret", reason: "secret".into() }.into(), 500, None),
            (anyhow::anyhow!("secret").into(), 500, None),
        ];
        for (error, status, wait) in table {
            let label = error.to_string();
            let problem = describe(&error, "r1");
            assert_eq!(problem.status, status, "{label}");
            assert_eq!(retry_after(&error), wait, "{label}");
            assert!(!serde_json::to_string(&problem).unwrap().contains("secret"), "{label}");
            assert_eq!(error.into_response().status().as_u16(), status, "{label}");
        }
    }
}
