//! Between Spin and the server.

use std::sync::LazyLock;

use http::Response;
use platform::{client::Client, config::Site, security_headers};
use spin_sdk::{http::Request, http_service};

use crate::{Body, FileServer, refusal};

/// One for all requests of this instance: it remembers the files, and nothing of the requests.
static SERVER: LazyLock<FileServer> = LazyLock::new(|| FileServer::new("/"));

#[http_service]
async fn handle(request: Request) -> Response<Body> {
    let headers = request.headers();
    match Site::get().await {
        Ok(site) => {
            let mut response = SERVER.respond(request.method(), request.uri().path(), headers);
            security_headers::add(response.headers_mut(), Client::of(headers, site).secure);
            response
        }
        Err(error) => refusal::fail(&error, headers),
    }
}
