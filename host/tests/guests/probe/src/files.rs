//! Mounted files.

use axum::{Router, extract::Path, routing::get, routing::put};

use crate::{Answer, failed};

pub fn routes() -> Router {
    Router::new().route("/file/{*path}", get(read)).route("/file/{*path}", put(write))
}

async fn read(Path(path): Path<String>) -> Answer {
    std::fs::read_to_string(format!("/{path}")).map_err(failed)
}

async fn write(Path(path): Path<String>, content: String) -> Answer {
    std::fs::write(format!("/{path}"), content).map_err(failed)?;
    Ok(String::new())
}
