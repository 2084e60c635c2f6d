//! `POST /api/service/v1/tick`

use axum::{Json, http::HeaderMap};
use contract::{ProblemCode, Tick};
use platform::{
    Result,
    openapi::{ServerProblems, TimerProblems},
    request_id,
    tick::{self, Timer},
};
use spin_sdk::http::{FullBody, StatusCode, body::IncomingBodyExt};

const WORKER: &str = "http://worker.spin.internal";

/// Does what is due
///
/// For a timer, every few seconds: sends the mails that wait and deletes what has expired, in batches. May take some
/// minutes, where a relay does. Several at once share the work. Permission: none; proof: the variable `tick_token` as the
/// bearer token.
#[utoipa::path(
    post,
    path = "/api/service/v1/tick",
    tag = "tick",
    responses((status = 200, body = Tick, description = "What was done"), TimerProblems, ServerProblems),
)]
pub async fn tick(_: Timer, headers: HeaderMap) -> Result<Json<Tick>> {
    let mut request = axum::http::Request::post(format!("{WORKER}{}", tick::PATH))
        .body(FullBody::new(bytes::Bytes::new()))
        .map_err(anyhow::Error::from)?;
    if let Some(id) = headers.get(request_id::HEADER) {
        request.headers_mut().insert(request_id::HEADER, id.clone());
    }
    let response = spin_sdk::http::send(request).await.map_err(|error| unavailable(&error))?;
    let status = response.status();
    let body = response.into_body().bytes().await.map_err(|error| unavailable(&error))?;
    if status != StatusCode::OK {
        return Err(unavailable(&status));
    }
    serde_json::from_slice(&body).map(Json).map_err(|error| unavailable(&error))
}

/// Why is in the worker's own log.
fn unavailable(why: &impl ToString) -> platform::Error {
    tracing::warn!(error = why.to_string(), "the worker does not answer the tick");
    ProblemCode::Unavailable.into()
}
