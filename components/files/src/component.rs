//! Between Spin and the server.

use std::sync::LazyLock;

use http::Response;
use platform::{client::Client, config::Site, security_headers};
use spin_sdk::{http::Request, http_service};

use crate::{Body, FileServer, form, refusal};

/// One for all requests of this instance: it remembers the files, and nothing of the requests.
static SERVER: LazyLock<FileServer> = LazyLock::new(|| FileServer::new("/"));

#[http_service]
async fn handle(request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let (headers, path) = (&parts.headers, parts.uri.path());
    match Site::get().await {
        Ok(site) => {
            let mut response = if form::is_taken(&parts.method, path) {
                form::redirect(path, headers, body).await
            } else {
                SERVER.respond(&parts.method, path, headers)
            };
            security_headers::add(response.headers_mut(), Client::of(headers, site).secure);
            response
        }
        Err(error) => refusal::fail(&error, headers),
    }
}
