//! Outgoing HTTP and sockets.

use std::{collections::HashMap, io::Read as _};

use axum::{Router, extract::Query, routing::get, routing::post};
use bytes::Bytes;
use spin_sdk::http::body::IncomingBodyExt as _;

use crate::{Answer, failed};

pub fn routes() -> Router {
    Router::new().route("/fetch", get(fetch)).route("/forward", post(forward)).route("/connect", get(connect))
}

fn parameter<'a>(query: &'a HashMap<String, String>, name: &str) -> &'a str {
    query.get(name).map_or("", String::as_str)
}

/// Status and body of `?url=`.
async fn fetch(Query(query): Query<HashMap<String, String>>) -> Answer {
    let response = spin_sdk::http::get(parameter(&query, "url")).await.map_err(failed)?;
    let status = response.status().as_u16();
    let body = response.into_body().bytes().await.map_err(failed)?;
    Ok(format!("{status} {}", String::from_utf8_lossy(&body)))
}

/// Posts the body to `?url=`; answers with status and body.
async fn forward(Query(query): Query<HashMap<String, String>>, body: Bytes) -> Answer {
    let response = spin_sdk::http::post(parameter(&query, "url"), body).await.map_err(failed)?;
    let status = response.status().as_u16();
    let body = response.into_body().bytes().await.map_err(failed)?;
    Ok(format!("{status} {}", String::from_utf8_lossy(&body)))
}

/// All that a TCP server at `?address=` sends.
async fn connect(Query(query): Query<HashMap<String, String>>) -> Answer {
    let mut stream = std::net::TcpStream::connect(parameter(&query, "address")).map_err(failed)?;
    let mut text = String::new();
    stream.read_to_string(&mut text).map_err(failed)?;
    Ok(text)
}
