//! `OpenAPI`: the committed document, and the refusals that endpoints share.

use axum::response::IntoResponse;
use contract::Problem;
use http::header;
use utoipa::IntoResponses;

/// Serves a committed document; anybody's tools may read it.
pub fn document(json: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=300")], json)
}

/// Refusals of the request's form.
#[derive(IntoResponses)]
pub enum InputProblems {
    /// `malformed_request`: not JSON, or not of the endpoint's shape.
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(#[to_schema] Problem),
    /// `payload_too_large`: more than 64 KiB.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(#[to_schema] Problem),
    /// `unsupported_media_type`: not `application/json`.
    #[response(status = 415, content_type = "application/problem+json")]
    NotJson(#[to_schema] Problem),
    /// `validation_failed`: `errors` names each refused field.
    #[response(status = 422, content_type = "application/problem+json")]
    Invalid(#[to_schema] Problem),
}

/// Refusals of a query string.
#[derive(IntoResponses)]
pub enum QueryProblems {
    /// `validation_failed`: `errors` names each refused parameter.
    #[response(status = 422, content_type = "application/problem+json")]
    Invalid(#[to_schema] Problem),
}

/// Refusals of the caller.
#[derive(IntoResponses)]
pub enum CallerProblems {
    /// `unauthenticated`, `token_expired`, `token_invalid`, `session_ended` or `api_key_invalid`.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthenticated(#[to_schema] Problem),
    /// `forbidden`: the permission of `x-permission` is missing. `session_required`: not with an API key.
    /// `second_factor_required`: a role of the caller demands a second factor, and none is on. `proof_required`: the
    /// operation asks for a fresh proof. `cross_site_request`.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(#[to_schema] Problem),
}

/// Refusals of a timer.
#[derive(IntoResponses)]
pub enum TimerProblems {
    /// `unauthenticated`: no token. `token_invalid`: another one, or the tick is off.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthenticated(#[to_schema] Problem),
}

/// Refusals of a browser's request.
#[derive(IntoResponses)]
pub enum OriginProblems {
    /// `cross_site_request`.
    #[response(status = 403, content_type = "application/problem+json")]
    CrossSite(#[to_schema] Problem),
}

/// Refusals of the address.
#[derive(IntoResponses)]
pub enum AddressProblems {
    /// `not_found`.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(#[to_schema] Problem),
}

/// Refusals of the state that something is in.
#[derive(IntoResponses)]
pub enum StateProblems {
    /// `mail_not_failed`: it is on its way, or was sent. `mail_link_expired`: the link in it does nothing any more.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(#[to_schema] Problem),
}

/// Refusals of an update.
#[derive(IntoResponses)]
pub enum ConditionProblems {
    /// `precondition_failed`: it was changed since it was read.
    #[response(status = 412, content_type = "application/problem+json")]
    Failed(#[to_schema] Problem),
    /// `precondition_required`: `If-Match` is missing.
    #[response(status = 428, content_type = "application/problem+json")]
    Required(#[to_schema] Problem),
}

/// Refusals of a passkey. They stand behind the caller's, whose 403 they repeat.
#[derive(IntoResponses)]
pub enum PasskeyProblems {
    /// `passkey_unknown`: no account has it, or not this one. `passkey_invalid`: what it signed is not what it was asked
    /// to sign, or the signature doesn't hold. `passkey_wrong_site`: of another origin or site. `passkey_not_verified`:
    /// the device did not verify its owner. `passkey_cloned`: its counter went back. `account_locked`: where it signs in.
    /// Of callers, too: `session_required`: not with an API key. `proof_required`: where a fresh proof is asked for.
    /// `cross_site_request`.
    #[response(status = 403, content_type = "application/problem+json")]
    Refused(#[to_schema] Problem),
    /// `passkey_ceremony_invalid`: the ceremony is unknown, used, older than five minutes, or of something else.
    #[response(status = 409, content_type = "application/problem+json")]
    Ceremony(#[to_schema] Problem),
}

/// Too many attempts.
#[derive(IntoResponses)]
pub enum RateProblems {
    /// `rate_limited`: `Retry-After` says how many seconds to wait.
    #[response(status = 429, content_type = "application/problem+json")]
    Limited(#[to_schema] Problem),
}

/// Refusals of a password that is to prove who is calling.
#[derive(IntoResponses)]
pub enum PasswordProblems {
    /// `password_not_set`: the account has none; `POST /api/core/v1/auth/password/forgot` mails a link that sets one.
    #[response(status = 409, content_type = "application/problem+json")]
    NotSet(#[to_schema] Problem),
}

/// Failures of an identity provider.
#[derive(IntoResponses)]
pub enum ProviderProblems {
    /// `provider_failed`: the provider answers something else than it must.
    #[response(status = 502, content_type = "application/problem+json")]
    Failed(#[to_schema] Problem),
    /// `provider_unavailable`: the provider doesn't answer, or not in time.
    #[response(status = 504, content_type = "application/problem+json")]
    Unavailable(#[to_schema] Problem),
}

/// Faults of ours.
#[derive(IntoResponses)]
pub enum ServerProblems {
    /// `internal`: the log has it under `request_id`.
    #[response(status = 500, content_type = "application/problem+json")]
    Internal(#[to_schema] Problem),
    /// `unavailable`, or where passwords are hashed `overloaded`: try again after `Retry-After` seconds.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(#[to_schema] Problem),
}
