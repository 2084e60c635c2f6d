//! Answers that have no file.

use std::fmt::Display;

use bytes::Bytes;
use contract::{Problem, ProblemCode};
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use platform::request_id;

use crate::{body::Body, policy, range};

/// The problem of that code, as `application/problem+json`.
pub(crate) fn respond(code: ProblemCode, request: &HeaderMap) -> Response<Body> {
    let id = request_id::of(request);
    // A problem is plain data: it always serialises.
    let body = serde_json::to_vec(&Problem::new(code, &id)).unwrap_or_default();
    let mut headers = policy::refusal_headers();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LENGTH, body.len().into());
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(request_id::HEADER, id);
    }
    if code == ProblemCode::MethodNotAllowed {
        headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    let mut response = Response::new(Body::from(Bytes::from(body)));
    *response.status_mut() = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = headers;
    response
}

/// A fault of ours: the reason is for the log.
pub(crate) fn fail(reason: &dyn Display, request: &HeaderMap) -> Response<Body> {
    eprintln!("{reason}");
    respond(ProblemCode::Internal, request)
}

/// 416: the file has `length` bytes, and the part asked for is not among them.
pub(crate) fn unsatisfiable(length: u64) -> Response<Body> {
    let mut headers = policy::refusal_headers();
    headers.insert(header::CONTENT_LENGTH, 0.into());
    headers.insert(header::CONTENT_RANGE, range::content_range_unsatisfied(length));
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
    *response.headers_mut() = headers;
    response
}
