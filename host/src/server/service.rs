//! One request from the network: limits, route, component, answer.

use std::{net::SocketAddr, sync::Arc, time::Instant};

use http::{HeaderMap, Request, Response, header};
use http_body::Body as _;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use wasmtime_wasi_http::{Error, WasiBody};

use super::{
    access::{AccessEntry, CLIENT_GONE, LoggedBody},
    body::WatchedBody,
    dispatch::dispatch,
    headers,
    problem::Problem,
    request_id::{request_id, trace_id},
    well_known,
};
use crate::application::Application;

/// Answers `request`; the access line is written when the answer's body ends.
pub(super) async fn serve(
    application: Arc<Application>,
    client: SocketAddr,
    request: Request<Incoming>,
) -> Response<LoggedBody> {
    let mut entry = AccessEntry {
        application: application.clone(),
        started: Instant::now(),
        request_id: request_id(request.headers()),
        trace_id: trace_id(request.headers()),
        method: request.method().clone(),
        uri: request.uri().clone(),
        client,
        component: None,
        route: None,
        status: CLIENT_GONE,
        permit: None,
    };
    let outcome = answer(&application, &mut entry, request).await;
    let response = outcome.unwrap_or_else(|problem| problem.response(&entry.request_id));
    entry.status = response.status().as_u16();
    response.map(|inner| LoggedBody { inner, _entry: entry })
}

async fn answer(
    application: &Application,
    entry: &mut AccessEntry,
    mut request: Request<Incoming>,
) -> Result<Response<WasiBody>, Problem> {
    let limits = &application.limits;
    if size(request.headers()) > limits.header_bytes {
        return Err(Problem::HeadersTooLarge);
    }
    entry.permit = Some(application.permits.clone().try_acquire_owned().map_err(|_| Problem::Overloaded)?);
    headers::strip_forbidden(request.headers_mut());

    let path = entry.uri.path();
    if let Some(name) = path.strip_prefix(well_known::PREFIX) {
        return well_known::respond(application, name);
    }
    let uri = entry.uri.clone();
    let route = application.router.find(uri.path()).ok_or(Problem::NotFound)?;
    entry.component = application.components.get_key_value(&*route.component).map(|(id, _)| id.clone());
    entry.route = Some(route.raw_route.clone().into_owned());

    if content_length(request.headers()).is_some_and(|length| length > limits.body_bytes) {
        return Err(Problem::BodyTooLarge);
    }
    let (client, request_id) = (entry.client, &entry.request_id);
    if request.body().is_end_stream() {
        let request = request.map(|body| body.map_err(Error::from).boxed_unsync());
        return dispatch(application, &route, client, request_id, request).await;
    }
    let (parts, body) = request.into_parts();
    let (body, violation) = WatchedBody::new(body, limits.body_bytes, limits.body_idle_time);
    let request = Request::from_parts(parts, body.boxed_unsync());
    tokio::select! {
        biased;
        problem = violation.wait() => Err(problem),
        outcome = dispatch(application, &route, client, request_id, request) => outcome,
    }
}

fn size(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum()
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
