//! The host's own refusals, RFC 9457 `application/problem+json`.

use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use wasmtime_wasi_http::WasiBody;

use super::{answer, request_id::REQUEST_ID};

/// Why the host answers itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// The request has no usable `Host` or URI, or a header that is not text.
    BadRequest,
    /// No route matches.
    NotFound,
    /// The body paused for too long.
    BodyTimeout,
    /// The body is larger than allowed.
    BodyTooLarge,
    /// The headers are larger than allowed.
    HeadersTooLarge,
    /// The component failed; what happened is in the log.
    ComponentFailed,
    /// Too many requests at once.
    Overloaded,
    /// The component did not answer in time.
    ComponentTimeout,
}

#[derive(Serialize)]
struct Details<'a> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    code: &'static str,
    request_id: &'a str,
}

impl Problem {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BodyTimeout => StatusCode::REQUEST_TIMEOUT,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::HeadersTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::ComponentFailed => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Overloaded => StatusCode::SERVICE_UNAVAILABLE,
            Self::ComponentTimeout => StatusCode::GATEWAY_TIMEOUT,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::BadRequest => "bad_request",
            Self::NotFound => "not_found",
            Self::BodyTimeout => "request_timeout",
            Self::BodyTooLarge => "body_too_large",
            Self::HeadersTooLarge => "headers_too_large",
            Self::ComponentFailed => "component_failed",
            Self::Overloaded => "overloaded",
            Self::ComponentTimeout => "component_timeout",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::BadRequest => "The request has no valid host, or a header that is not text",
            Self::NotFound => "Nothing is found at this address",
            Self::BodyTimeout => "The request's body did not arrive in time",
            Self::BodyTooLarge => "The request's body is too large",
            Self::HeadersTooLarge => "The request's headers are too large",
            Self::ComponentFailed => "The request failed inside the application",
            Self::Overloaded => "The application is busy, try again shortly",
            Self::ComponentTimeout => "The application did not answer in time",
        }
    }

    /// The answer to the request with this id.
    pub(super) fn response(self, request_id: &HeaderValue) -> Response<WasiBody> {
        let details = Details {
            r#type: "about:blank",
            title: self.title(),
            status: self.status().as_u16(),
            code: self.code(),
            request_id: request_id.to_str().unwrap_or_default(),
        };
        let body = serde_json::to_vec(&details).unwrap_or_default();
        let mut response = answer::own("application/problem+json", body);
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        headers.insert(REQUEST_ID, request_id.clone());
        match self {
            Self::Overloaded => drop(headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"))),
            // The rest of the body is not read, so the connection is of no use any more.
            Self::BodyTimeout | Self::BodyTooLarge => {
                headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            _ => {}
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_statuses_are_errors() {
        let all = [
            Problem::BadRequest,
            Problem::NotFound,
            Problem::BodyTimeout,
            Problem::BodyTooLarge,
            Problem::HeadersTooLarge,
            Problem::ComponentFailed,
            Problem::Overloaded,
            Problem::ComponentTimeout,
        ];
        let codes: std::collections::HashSet<_> = all.iter().map(|problem| problem.code()).collect();
        assert_eq!(codes.len(), all.len());
        assert!(all.iter().all(|problem| problem.status().as_u16() >= 400));
    }
}
