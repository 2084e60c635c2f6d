//! The pipeline around every handler.

use std::convert::Infallible;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderValue, Request, header};
use tower::{Layer, Service, ServiceExt, service_fn};
use utoipa_axum::router::OpenApiRouter;

use crate::{Error, client::Client, config::Site, cors, log, origin, problem, request_id, security_headers};

/// The most bytes of a JSON body.
const BODY_LIMIT: usize = 64 * 1024;

/// The router of a component, from the endpoints that its `OpenAPI` document describes: nothing else is served.
pub fn router(api: OpenApiRouter) -> Router {
    let (router, _document) = api.split_for_parts();
    router.layer(DefaultBodyLimit::max(BODY_LIMIT))
}

/// Answers a request: request id, preflight, origin check, handler, problem details, security headers.
///
/// Handlers find [`Client`] and `&'static Site` among the request's extensions.
pub async fn serve<B>(router: &Router, request: Request<B>) -> Response
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    log::init();
    let request_id = request_id::of(request.headers());
    let (response, secure) = match Site::get().await {
        Ok(site) => {
            let client = Client::of(request.headers(), site);
            let secure = client.secure;
            (across_origins(router, request, site, client).await, secure)
        }
        Err(error) => (Error::from(error).into_response(), false),
    };
    let mut response = problem::render(response, &request_id);
    security_headers::add(response.headers_mut(), secure);
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert(request_id::HEADER, value);
    }
    response
}

/// Where the operator lists other origins, or all may ask: answers their preflights, and lets their pages read the answers.
async fn across_origins<B>(
    router: &Router,
    request: Request<B>,
    site: &'static Site,
    client: Client,
) -> Response
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    let Some(layer) = cors::layer(request.uri().path(), site) else {
        return handle(router, request, site, client).await;
    };
    let handler = service_fn(|request| async {
        Ok::<_, Infallible>(handle(router, request, site, client.clone()).await)
    });
    match layer.layer(handler).oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

async fn handle<B>(router: &Router, mut request: Request<B>, site: &'static Site, client: Client) -> Response
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    if cors::is_open(request.uri().path()) {
        // What any page may send is in nobody's name.
        request.headers_mut().remove(header::COOKIE);
    } else if let Err(code) = origin::check(request.method(), request.headers(), site) {
        return Error::from(code).into_response();
    }
    request.extensions_mut().insert(site);
    request.extensions_mut().insert(client);
    match router.clone().call(request.map(axum::body::Body::new)).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}
