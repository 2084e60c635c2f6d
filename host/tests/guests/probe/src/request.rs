//! What a component sees of its request, and bodies in both directions.

use axum::{Json, Router, body::Body, extract::Request, routing::any, routing::get};
use http::{HeaderMap, Uri};

pub fn routes() -> Router {
    Router::new()
        .route("/constant", get(async || "hello"))
        .route("/authority", get(authority))
        .route("/echo", any(echo))
        .route("/headers", any(headers))
        .route("/headers/{*rest}", any(headers))
        .route("/length", any(length))
        .route("/ignore-body", any(async || "not read"))
}

/// The host that the request is for.
async fn authority(uri: Uri) -> String {
    uri.authority().map(ToString::to_string).unwrap_or_default()
}

/// Sends each piece of the body back as it comes.
async fn echo(request: Request) -> Body {
    request.into_body()
}

/// Every header, in order, repeated ones included.
async fn headers(headers: HeaderMap) -> Json<Vec<(String, String)>> {
    let pairs = headers
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()));
    Json(pairs.collect())
}

/// Reads the whole body.
async fn length(body: bytes::Bytes) -> String {
    body.len().to_string()
}
