//! Between Spin and the server.

use std::sync::LazyLock;

use spin_sdk::{
    http::{IntoResponse, Request},
    http_service,
};

use crate::FileServer;

/// One for all requests of this instance: it remembers the files, and nothing of the requests.
static SERVER: LazyLock<FileServer> = LazyLock::new(|| FileServer::new("/"));

#[http_service]
async fn handle(request: Request) -> impl IntoResponse {
    SERVER.respond(request.method(), request.uri().path(), request.headers())
}
