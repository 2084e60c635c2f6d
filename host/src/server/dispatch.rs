//! A request on its way into a component, from the network or from another component.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Instant,
};

use http::{HeaderValue, Request, Response};
use http_body_util::BodyExt as _;
use wasmtime_wasi_http::{
    Error, WasiBody,
    handler::{ExpirationError, InstantiationError, ProxyHandler, TrapOrPanicError},
};

use super::{
    access::{AccessEntry, CLIENT_GONE, LoggedBody},
    headers,
    problem::Problem,
    request_id::{REQUEST_ID, request_id, trace_id},
};
use crate::{
    application::Application,
    instance::{ComponentInstances, RequestTicket},
    logs::{Level, Record},
    routes::RouteMatch,
};

/// The client that a chained request says it comes from, as in Spin.
const CHAINED_CLIENT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);

/// Hands `request` to the component of `route` and waits for the head of its response.
pub(super) async fn dispatch(
    application: &Application,
    route: &RouteMatch<'_>,
    client: SocketAddr,
    request_id: &HeaderValue,
    mut request: Request<WasiBody>,
) -> Result<Response<WasiBody>, Problem> {
    let handler = application.components.get(&*route.component).ok_or(Problem::NotFound)?;
    headers::set_full_uri(&mut request)?;
    headers::ensure_text(request.headers())?;
    headers::add_spin_headers(&mut request, route, client);
    request.headers_mut().insert(REQUEST_ID, request_id.clone());

    let ticket = RequestTicket::new(request_id.to_str().unwrap_or_default());
    let mut waiting = Waiting { ticket: ticket.clone(), failed: false };
    let outcome = handler.handle(ticket.clone(), request).await;
    waiting.failed = outcome.is_err();
    outcome.map_err(|error| failure(application, handler, &ticket, &error))
}

/// Settles a request that got its response or that nobody waits for any more: a later trap is not its own.
struct Waiting {
    ticket: Arc<RequestTicket>,
    failed: bool,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if !self.failed {
            self.ticket.settle();
        }
    }
}

/// The answer to a failed request. The instance's end logs a trap itself, with the ids of its requests.
fn failure(
    application: &Application,
    handler: &ProxyHandler<ComponentInstances>,
    ticket: &RequestTicket,
    error: &wasmtime::Error,
) -> Problem {
    if error.is::<ExpirationError>() || ticket.timed_out() {
        return Problem::ComponentTimeout;
    }
    if error.is::<TrapOrPanicError>() || error.is::<wasmtime::Trap>() {
        return Problem::ComponentFailed;
    }
    let instantiation = error.downcast_ref::<InstantiationError<Arc<RequestTicket>>>();
    let cause = instantiation.map_or(error, |instantiation| &*instantiation.error);
    let record = Record::new(Level::Error, "component failed")
        .with("component", &*handler.state().0.id)
        .with("request_id", &*ticket.id)
        .with("error", format!("{cause:?}"));
    application.log.record(&record);
    if cause.is::<wasmtime::PoolConcurrencyLimitError>() {
        Problem::Overloaded
    } else {
        Problem::ComponentFailed
    }
}

/// A request of one component to another, `http://<component>.spin.internal`.
pub(crate) async fn chain(
    application: &Arc<Application>,
    component: &str,
    mut request: Request<WasiBody>,
) -> Result<Response<WasiBody>, Error> {
    if !application.components.contains_key(component) {
        return Err(Error::DestinationNotFound);
    }
    headers::strip_forbidden(request.headers_mut());
    let route = RouteMatch::chained(component, request.uri().path());
    let mut entry = AccessEntry {
        application: application.clone(),
        started: Instant::now(),
        request_id: request_id(request.headers()),
        trace_id: trace_id(request.headers()),
        method: request.method().clone(),
        uri: request.uri().clone(),
        client: CHAINED_CLIENT,
        component: Some(component.into()),
        route: Some(route.raw_route.clone().into_owned()),
        status: CLIENT_GONE,
        permit: None,
    };
    let outcome = dispatch(application, &route, CHAINED_CLIENT, &entry.request_id, request).await;
    let response = outcome.unwrap_or_else(|problem| problem.response(&entry.request_id));
    entry.status = response.status().as_u16();
    Ok(response.map(|inner| LoggedBody { inner, _entry: entry }.boxed_unsync()))
}
