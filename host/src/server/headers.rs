//! What a component learns about its request: Spin's `spin-*` headers and the request's full URI.
//!
//! Like Spin, the host adds its headers behind those that the client sent: of several `spin-client-addr`, the last one
//! is the host's.

use std::net::SocketAddr;

use http::{HeaderMap, HeaderName, HeaderValue, Request, Uri, header, uri::Scheme};

use super::problem::Problem;
use crate::{outbound_hosts::service_chaining_target, routes::RouteMatch};

const PATH_INFO: HeaderName = HeaderName::from_static("spin-path-info");
const FULL_URL: HeaderName = HeaderName::from_static("spin-full-url");
const MATCHED_ROUTE: HeaderName = HeaderName::from_static("spin-matched-route");
const BASE_PATH: HeaderName = HeaderName::from_static("spin-base-path");
const RAW_COMPONENT_ROUTE: HeaderName = HeaderName::from_static("spin-raw-component-route");
const COMPONENT_ROUTE: HeaderName = HeaderName::from_static("spin-component-route");
const CLIENT_ADDR: HeaderName = HeaderName::from_static("spin-client-addr");

/// Removes what only concerns this connection, and a `Host` that would look like service chaining.
pub(super) fn strip_forbidden(headers: &mut HeaderMap) {
    let chained = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .is_some_and(|host| service_chaining_target(host).is_some());
    if chained {
        headers.remove(header::HOST);
    }
    headers.remove(header::CONNECTION);
}

/// Components get headers that are text: Spin refuses a request that has others.
pub(super) fn ensure_text(headers: &HeaderMap) -> Result<(), Problem> {
    let all_text = headers.values().all(|value| std::str::from_utf8(value.as_bytes()).is_ok());
    if all_text { Ok(()) } else { Err(Problem::BadRequest) }
}

/// Completes the request's URI with scheme and authority. `Host` and the URI have to agree where both name a host.
pub(super) fn set_full_uri<B>(request: &mut Request<B>) -> Result<(), Problem> {
    let from_header = match request.headers().get(header::HOST) {
        None => None,
        Some(host) => Some(host.as_bytes().try_into().map_err(|_| Problem::BadRequest)?),
    };
    let mut parts = std::mem::take(request.uri_mut()).into_parts();
    let authority = match (from_header, parts.authority.take()) {
        (Some(header), Some(uri)) if header != uri => return Err(Problem::BadRequest),
        (Some(authority), _) | (None, Some(authority)) => authority,
        (None, None) => return Err(Problem::BadRequest),
    };
    parts.scheme = Some(Scheme::HTTP);
    parts.authority = Some(authority);
    *request.uri_mut() = Uri::from_parts(parts).map_err(|_| Problem::BadRequest)?;
    Ok(())
}

/// Adds the headers that tell a component where it was reached and by whom.
pub(super) fn add_spin_headers<B>(request: &mut Request<B>, route: &RouteMatch<'_>, client: SocketAddr) {
    let full_url = full_url(request);
    let mut add = |name: HeaderName, value: &str| {
        // What a header cannot carry is left out, as Spin does.
        if let Ok(value) = HeaderValue::from_str(value) {
            request.headers_mut().append(name, value);
        }
    };
    add(PATH_INFO, &route.path_info);
    add(FULL_URL, &full_url);
    add(MATCHED_ROUTE, &route.matched_route);
    add(BASE_PATH, "/");
    add(RAW_COMPONENT_ROUTE, &route.raw_route);
    add(COMPONENT_ROUTE, route.raw_route_prefix());
    add(CLIENT_ADDR, &client.to_string());
    for (name, value) in &route.segments {
        if let Ok(name) = HeaderName::try_from(format!("spin-path-match-{}", name.replace('_', "-"))) {
            add(name, value);
        }
    }
}

fn full_url<B>(request: &Request<B>) -> String {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    format!("http://{host}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_and_uri_have_to_agree() {
        let request = |uri: &str, host: Option<&str>| {
            let mut request = Request::builder().uri(uri);
            if let Some(host) = host {
                request = request.header("host", host);
            }
            request.body(()).unwrap()
        };
        let mut plain = request("/a?b", Some("example.org:3000"));
        set_full_uri(&mut plain).unwrap();
        assert_eq!(plain.uri(), "http://example.org:3000/a?b");
        assert_eq!(set_full_uri(&mut request("/", None)), Err(Problem::BadRequest));
        assert_eq!(set_full_uri(&mut request("http://a/", Some("b"))), Err(Problem::BadRequest));
    }

    #[test]
    fn forged_headers_come_first() {
        let mut request =
            Request::builder().uri("/x").header("spin-client-addr", "6.6.6.6:1").body(()).unwrap();
        add_spin_headers(
            &mut request,
            &RouteMatch::chained("c", "/x"),
            SocketAddr::from(([127, 0, 0, 1], 9)),
        );
        let last = request.headers().get_all("spin-client-addr").iter().next_back().unwrap();
        assert_eq!(last, "127.0.0.1:9");
        assert_eq!(request.headers()["spin-full-url"], "http://localhost/x");
    }

    #[test]
    fn a_host_that_looks_like_chaining_is_removed() {
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_static("worker.spin.internal:80"));
        headers.insert("connection", HeaderValue::from_static("close"));
        strip_forbidden(&mut headers);
        assert!(headers.is_empty());
    }
}
