//! What `/ready` asks and answers.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use contract::{Check, HealthStatus, Readiness};
use http::StatusCode;

use crate::{Result, key_value::KeyValue};

/// Sums one answer up; why it failed goes to the log, not to the client.
pub fn check(name: &str, answer: Result<()>) -> Check {
    let status = match answer {
        Ok(()) => HealthStatus::Ok,
        Err(error) => {
            tracing::warn!(check = name, %error, "not ready");
            HealthStatus::Down
        }
    };
    Check { name: name.to_owned(), status }
}

/// Asks the key-value store for an answer.
pub async fn key_value() -> Result<()> {
    KeyValue::open().await?.get("readiness").await?;
    Ok(())
}

/// 200 where every check is `ok`, 503 otherwise.
pub fn respond(checks: Vec<Check>) -> Response {
    let readiness = Readiness::new(checks);
    let status = match readiness.status {
        HealthStatus::Ok => StatusCode::OK,
        HealthStatus::Down => StatusCode::SERVICE_UNAVAILABLE,
    };
    (status, Json(readiness)).into_response()
}
