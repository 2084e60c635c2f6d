//! What the operations on one account answer.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use contract::{FieldCode, ProblemCode, User};
use http::{HeaderValue, StatusCode, header};
use platform::{Error, problem::refuse_field};
use store::users::Refusal;

/// An account with its `ETag`.
pub fn user(status: StatusCode, user: &User) -> Response {
    let mut response = (status, Json(user)).into_response();
    // A quoted number is a valid header value, always.
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", user.version)) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// A refusal as an error.
pub fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::NotFound => ProblemCode::NotFound.into(),
        Refusal::PreconditionFailed => ProblemCode::PreconditionFailed.into(),
        Refusal::LastAdministrator => ProblemCode::LastAdministrator.into(),
        Refusal::EmailTaken => refuse_field("email", FieldCode::Taken),
        Refusal::UnknownRole => refuse_field("roles", FieldCode::UnknownValue),
    }
}
