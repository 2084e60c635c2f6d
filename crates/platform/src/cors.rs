//! Pages of other origins that may use the API: the CORS protocol of the Fetch standard (§3.3).

use std::{sync::LazyLock, time::Duration};

use http::{HeaderName, HeaderValue, Method, header};
use tower_http::cors::{AllowCredentials, AllowHeaders, AllowMethods, AllowOrigin, CorsLayer};
use url::Url;

use crate::{config::Site, request_id};

/// How long a browser may remember the answer to a preflight; Chromium's most is two hours.
const MAX_AGE: Duration = Duration::from_hours(1);

/// What a page may read of an answer beyond what every page may.
const EXPOSED: [HeaderName; 3] = [header::ETAG, header::RETRY_AFTER, request_id::HEADER];

/// What pages of every origin may ask: public documents, and what an application that runs in browsers gets its tokens by.
/// No cookie is read there, so that no page can act for whoever is signed in.
const OPEN: [&str; 6] = [
    "/.well-known/jwks.json",
    "/.well-known/oauth-authorization-server",
    "/.well-known/openid-configuration",
    "/api/core/v1/auth/oauth2/revoke",
    "/api/core/v1/auth/oauth2/token",
    "/api/core/v1/auth/oauth2/userinfo",
];

static EVERYBODY: LazyLock<CorsLayer> = LazyLock::new(|| {
    CorsLayer::new()
        .allow_origin(AllowOrigin::any())
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers(EXPOSED)
        .max_age(MAX_AGE)
});

/// Whether pages of every origin may ask for that path, in nobody's name.
pub(crate) fn is_open(path: &str) -> bool {
    OPEN.contains(&path)
}

/// What tells browsers whose pages may ask for that path, where others than our own may.
pub(crate) fn layer<'a>(path: &str, site: &'a Site) -> Option<&'a CorsLayer> {
    if is_open(path) { Some(&EVERYBODY) } else { site.cors.as_ref().map(|cors| &cors.layer) }
}

/// The origins that the operator trusts, at least one, and the layer that tells browsers so.
#[derive(Debug, Clone)]
pub struct Cors {
    origins: Vec<HeaderValue>,
    layer: CorsLayer,
}

impl Cors {
    /// Reads a list of origins, separated by commas; `None` where it is empty.
    pub(crate) fn parse(list: &str) -> Result<Option<Self>, String> {
        let origins = list.split([',', ' ']).filter(|part| !part.is_empty()).map(parse_origin);
        let origins: Vec<HeaderValue> = origins.collect::<Result<_, _>>()?;
        Ok((!origins.is_empty()).then(|| Self { layer: trusting(origins.clone()), origins }))
    }

    /// Whether pages of that origin may use the API.
    pub(crate) fn allows(&self, origin: &HeaderValue) -> bool {
        self.origins.contains(origin)
    }
}

/// Which methods and headers a page may send is for the routes to say, as for any other client.
fn trusting(origins: Vec<HeaderValue>) -> CorsLayer {
    let trusted = origins.clone();
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_credentials(AllowCredentials::predicate(move |origin, _| trusted.contains(origin)))
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers(EXPOSED)
        .max_age(MAX_AGE)
}

/// As browsers write it (RFC 6454 §6.2): anything else would never match.
fn parse_origin(text: &str) -> Result<HeaderValue, String> {
    if text.contains('*') {
        return Err(
            "`*` would let sites that nobody has looked at act for whoever is signed in: name each origin"
                .to_owned(),
        );
    }
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    match url.map(|url| url.origin().ascii_serialization()) {
        Some(exact) if exact == text => HeaderValue::from_str(text).map_err(|error| error.to_string()),
        Some(exact) => Err(format!("`{text}` is not as browsers write it: `{exact}`")),
        None => Err(format!("`{text}` is not an origin such as https://app.example.org")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cookie_proves_is_open_to_nobody() {
        assert!(is_open("/api/core/v1/auth/oauth2/token"));
        for path in ["/api/core/v1/auth/oauth2/authorization", "/api/core/v1/auth/oauth2/token/", "/"] {
            assert!(!is_open(path), "{path}");
        }
    }

    #[test]
    fn origins_are_exact_or_refused_with_why() {
        let cors = Cors::parse("https://app.example.org, http://localhost:5173").unwrap().unwrap();
        assert!(cors.allows(&HeaderValue::from_static("http://localhost:5173")));
        assert!(!cors.allows(&HeaderValue::from_static("http://localhost")));
        assert!(Cors::parse(" ").unwrap().is_none());
        for (wrong, why) in [
            ("*", "name each origin"),
            ("https://app.example.org/", "`https://app.example.org`"),
            ("https://App.example.org", "`https://app.example.org`"),
            ("https://app.example.org:443", "`https://app.example.org`"),
            ("https://*.example.org", "name each origin"),
            ("null", "`null`"),
            ("app.example.org", "`app.example.org`"),
            ("file:///tmp", "`file:///tmp`"),
        ] {
            let refusal = Cors::parse(&format!("https://a.example,{wrong}")).unwrap_err();
            assert!(refusal.contains(why), "{wrong}: {refusal}");
        }
    }
}
