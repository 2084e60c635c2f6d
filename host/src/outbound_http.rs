//! What a component's outgoing HTTP requests reach: another component of the application (service chaining), the
//! application itself (a request without a host, or to `self.alt`), or the outside, as `allowed_outbound_hosts` allows.

use std::{
    error::Error as StdError,
    io,
    sync::{Arc, LazyLock, Weak},
    time::Duration,
};

use http::{
    HeaderValue, Request, Response, Uri,
    header::HOST,
    uri::{Authority, Scheme},
};
use http_body_util::BodyExt as _;
use hyper_rustls::{ConfigBuilderExt as _, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{self, Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use rustls::{ClientConfig, RootCertStore};
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

use crate::{
    application::Application,
    logs::{Level, Record},
    outbound_hosts::{AllowedHosts, NotAllowed, service_chaining_target},
    server::{self, IdleBody},
};

/// Spin's timeouts where the guest sets none.
const DEFAULT_TIMEOUT: Duration = Duration::from_mins(10);

type Sent = Result<(Response<WasiBody>, Box<dyn Future<Output = Result<(), Error>> + Send>), Error>;

/// Connections to the outside, kept for the next request of any component.
static CLIENT: LazyLock<Client<HttpsConnector<HttpConnector>, WasiBody>> = LazyLock::new(|| {
    let connector = HttpsConnectorBuilder::new()
        .with_tls_config(trust())
        .https_or_http()
        .enable_http1()
        .enable_http2()
        .build();
    Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(connector)
});

/// The machine's authorities are trusted, as in Spin; Mozilla's where the machine has none.
fn trust() -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config = ClientConfig::builder();
    let config =
        if roots.is_empty() { config.with_webpki_roots() } else { config.with_root_certificates(roots) };
    config.with_no_client_auth()
}

/// The outgoing side of one component.
pub(crate) struct OutboundHttp {
    pub(crate) component: Arc<str>,
    pub(crate) allowed_hosts: Arc<AllowedHosts>,
    pub(crate) application: Weak<Application>,
}

impl WasiHttpHooks for OutboundHttp {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        options: Option<RequestOptions>,
        // Tells how the guest fared with the response; there is nobody to pass it on to.
        _guest_result: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Sent> + Send> {
        let target = self.target(&request);
        let application = self.application.clone();
        Box::new(async move {
            let application = application.upgrade().ok_or(Error::ConnectionTerminated)?;
            let response = match target? {
                Target::Component(component) => server::chain(&application, &component, request).await?,
                Target::Application => {
                    let request = to_application(&application, request)?;
                    send(request, options).await?
                }
                Target::Outside => send(request, options).await?,
            };
            let done: Box<dyn Future<Output = Result<(), Error>> + Send> = Box::new(async { Ok(()) });
            Ok((response, done))
        })
    }
}

enum Target {
    Component(String),
    Application,
    Outside,
}

impl OutboundHttp {
    fn target(&self, request: &Request<WasiBody>) -> Result<Target, Error> {
        let uri = request.uri();
        let host = uri.authority().map(Authority::host).unwrap_or_default();
        let own = host.is_empty() || host == "self.alt";
        let allowed = if own {
            self.allowed_hosts.check_self(&["http", "https"])
        } else {
            self.allowed_hosts.check_url(&uri.to_string(), "https")
        };
        allowed.map_err(|denied| self.denied(&denied))?;
        Ok(if own {
            Target::Application
        } else if let Some(component) = service_chaining_target(host) {
            Target::Component(component.to_owned())
        } else {
            Target::Outside
        })
    }

    fn denied(&self, denied: &NotAllowed) -> Error {
        if let Some(application) = self.application.upgrade() {
            let record = Record::new(Level::Warn, denied.to_string()).with("component", &*self.component);
            application.log.record(&record);
        }
        Error::HttpRequestDenied
    }
}

/// Points a request without a host at the address that the host listens on.
fn to_application(
    application: &Application,
    mut request: Request<WasiBody>,
) -> Result<Request<WasiBody>, Error> {
    let authority = application.origin.get().ok_or(Error::HttpRequestUriInvalid)?;
    let host = HeaderValue::from_str(authority.as_str()).map_err(|_| Error::HttpRequestUriInvalid)?;
    let mut parts = std::mem::take(request.uri_mut()).into_parts();
    parts.scheme = Some(Scheme::HTTP);
    parts.authority = Some(authority.clone());
    *request.uri_mut() = Uri::from_parts(parts).map_err(|_| Error::HttpRequestUriInvalid)?;
    request.headers_mut().insert(HOST, host);
    Ok(request)
}

async fn send(
    mut request: Request<WasiBody>,
    options: Option<RequestOptions>,
) -> Result<Response<WasiBody>, Error> {
    let options = options.unwrap_or_default();
    // The client writes it from the URI; HTTP/2 servers dislike a second one.
    request.headers_mut().remove(HOST);
    let head = CLIENT.request(request);
    let limit = options.connect_timeout.unwrap_or(DEFAULT_TIMEOUT)
        + options.first_byte_timeout.unwrap_or(DEFAULT_TIMEOUT);
    let response = tokio::time::timeout(limit, head)
        .await
        .map_err(|_| Error::ConnectionReadTimeout)?
        .map_err(|error| client_error(&error))?;
    let idle = options.between_bytes_timeout.unwrap_or(DEFAULT_TIMEOUT);
    Ok(response.map(|body| IdleBody::new(body, idle, || Error::ConnectionReadTimeout).boxed_unsync()))
}

/// Why there is no response, by the names that Spin gives it.
fn client_error(error: &legacy::Error) -> Error {
    tracing::warn!(?error, "an outgoing request failed");
    if !error.is_connect() {
        return Error::HttpProtocolError;
    }
    let cause = error.source();
    if cause.is_some_and(<dyn StdError>::is::<io::Error>) {
        // Of what went wrong with a connection that is there: the handshake.
        return Error::TlsProtocolError;
    }
    match cause.and_then(StdError::source).and_then(<dyn StdError>::downcast_ref::<io::Error>) {
        // The system has a number for a connection that fails, and none for a name that it does not find.
        Some(error) if error.raw_os_error().is_none() => {
            let rcode = Some("address not available".to_owned());
            Error::DnsError { rcode, info_code: Some(0) }
        }
        _ => Error::ConnectionRefused,
    }
}
