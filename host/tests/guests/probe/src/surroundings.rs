//! Variables, environment, clocks, random numbers, standard output.

use std::{
    collections::HashMap,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::{Router, extract::Path, extract::Query, routing::get, routing::post};
use spin_sdk::wasip3;

use crate::{Answer, failed};

pub fn routes() -> Router {
    Router::new()
        .route("/variable/{name}", get(variable))
        .route("/environment/{name}", get(environment))
        .route("/clock/0.2", get(clock_02))
        .route("/clock/0.3", get(clock_03))
        .route("/random", get(random))
        .route("/sleep/{milliseconds}", get(sleep))
        .route("/print", post(print))
}

async fn variable(Path(name): Path<String>) -> Answer {
    spin_sdk::variables::get(&name).await.map_err(failed)
}

async fn environment(Path(name): Path<String>) -> String {
    std::env::var(name).unwrap_or_default()
}

/// Seconds since 1970 by the standard library, which asks WASI 0.2.
async fn clock_02() -> String {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().to_string()
}

/// Seconds since 1970 by WASI 0.3.
async fn clock_03() -> String {
    wasip3::clocks::system_clock::now().seconds.to_string()
}

async fn random() -> String {
    wasip3::random::random::get_random_u64().to_string()
}

async fn sleep(Path(milliseconds): Path<u64>) -> &'static str {
    spin_sdk::time::sleep(Duration::from_millis(milliseconds)).await;
    "awake"
}

/// Prints the body to `?to=stdout` or `stderr`.
async fn print(Query(query): Query<HashMap<String, String>>, line: String) {
    if query.get("to").is_some_and(|to| to == "stderr") {
        eprintln!("{line}");
    } else {
        println!("{line}");
    }
}
