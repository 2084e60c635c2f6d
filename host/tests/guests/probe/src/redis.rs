//! Outbound Redis.

use std::collections::HashMap;

use axum::{Router, extract::Path, extract::Query, routing::get};
use bytes::Bytes;
use spin_sdk::redis::Connection;

use crate::{Answer, failed};

pub fn routes() -> Router {
    Router::new().route("/redis/{key}", get(read).put(write)).route("/redis-count/{key}", get(count))
}

async fn open(parameters: &HashMap<String, String>) -> Result<Connection, (http::StatusCode, String)> {
    Connection::open(parameters.get("url").map_or("", String::as_str)).await.map_err(failed)
}

async fn read(Path(key): Path<String>, Query(parameters): Query<HashMap<String, String>>) -> Answer {
    let value = open(&parameters).await?.get(&key).await.map_err(failed)?;
    Ok(value.map_or("none".into(), |value| String::from_utf8_lossy(&value).into_owned()))
}

async fn write(
    Path(key): Path<String>,
    Query(parameters): Query<HashMap<String, String>>,
    value: Bytes,
) -> Answer {
    open(&parameters).await?.set(&key, &value).await.map_err(failed)?;
    Ok(String::new())
}

async fn count(Path(key): Path<String>, Query(parameters): Query<HashMap<String, String>>) -> Answer {
    Ok(open(&parameters).await?.incr(&key).await.map_err(failed)?.to_string())
}
