//! Extractors whose refusals are problems of ours.

use axum::{
    Json as AxumJson,
    extract::{
        FromRequest, FromRequestParts, Path as AxumPath, Request,
        rejection::{BytesRejection, JsonRejection},
    },
};
use contract::{FieldCode, FieldErrors, FieldRule, ProblemCode};
use http::{HeaderMap, StatusCode, header, request::Parts};
use serde::de::DeserializeOwned;

use crate::{Error, db::Db};

/// The request's JSON body.
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let AxumJson(body) = AxumJson::from_request(request, state).await.map_err(refuse_json)?;
        Ok(Self(body))
    }
}

fn refuse_json(rejection: JsonRejection) -> Error {
    match rejection {
        JsonRejection::MissingJsonContentType(_) => ProblemCode::UnsupportedMediaType.into(),
        JsonRejection::BytesRejection(BytesRejection::FailedToBufferBody(error))
            if error.status() == StatusCode::PAYLOAD_TOO_LARGE =>
        {
            ProblemCode::PayloadTooLarge.into()
        }
        other => Error::RefusedWith { code: ProblemCode::MalformedRequest, detail: other.body_text() },
    }
}

/// Whether a body is said to be a form's.
pub fn is_form(headers: &HeaderMap) -> bool {
    let sent = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = sent.split(';').next().unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// A parameter of the path. What isn't of its form names nothing: 404.
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let AxumPath(value) =
            AxumPath::from_request_parts(parts, state).await.map_err(|_| ProblemCode::NotFound)?;
        Ok(Self(value))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Db {
    type Rejection = Error;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Error> {
        Self::connect().await
    }
}

/// The version that `If-Match` names: an update says which state it changes (RFC 9110 §13.1.1).
pub struct IfMatch(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let value = parts.headers.get(header::IF_MATCH).ok_or(ProblemCode::PreconditionRequired)?;
        let version =
            value.to_str().ok().and_then(|tag| tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok());
        // A tag that we never gave can't be the current one.
        version.map(Self).ok_or_else(|| ProblemCode::PreconditionFailed.into())
    }
}

/// The query string, each parameter at most once.
#[derive(Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()))
    }
}

impl Query {
    /// Takes a parameter out; empty counts as absent.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let index = self.0.iter().position(|(found, _)| found == name)?;
        Some(self.0.remove(index).1).filter(|value| !value.is_empty())
    }

    /// Refuses what nobody took: a parameter that is misspelt, unknown or there twice must not be ignored.
    pub fn finish(self, errors: &mut FieldErrors) {
        for (name, _) in self.0 {
            errors.take::<()>(&name, Err(FieldRule::new(FieldCode::UnknownValue)));
        }
    }
}
