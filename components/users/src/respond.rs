//! What the operations on one account answer.

use axum::response::Response;
use contract::{FieldCode, ProblemCode, User};
use http::StatusCode;
use platform::{Error, etag, problem::refuse_field};
use store::users::Refusal;

/// An account with its `ETag`.
pub fn user(status: StatusCode, user: &User) -> Response {
    etag::versioned(status, user.version, user)
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
