//! Cross-site request forgery: unsafe methods are taken from our own pages only, and from those that the operator
//! trusts.

use contract::ProblemCode;
use http::{HeaderMap, Method, header};
use url::{Origin, Url};

use crate::{client::from_spin, config::Site};

/// Refuses what a browser sends on behalf of another site.
///
/// Browsers say where a request comes from (`Sec-Fetch-Site`, or `Origin` in older ones) and pages can't
/// forge it. Requests that carry neither come from API clients, which send no cookies of ours, and those
/// that carry a bearer token prove themselves: no page of another site can have it. Origins that the operator
/// lists may sign people in and read with their cookies, so they may write with them too.
pub fn check(method: &Method, headers: &HeaderMap, site: &Site) -> Result<(), ProblemCode> {
    if method.is_safe() || headers.contains_key(header::AUTHORIZATION) || is_listed(headers, site) {
        return Ok(());
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let same_site = match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => is_ours(origin, headers, &site.public_url),
        (None, None) => true,
    };
    if same_site { Ok(()) } else { Err(ProblemCode::CrossSiteRequest) }
}

fn is_listed(headers: &HeaderMap, site: &Site) -> bool {
    let origin = headers.get(header::ORIGIN);
    site.cors.as_ref().zip(origin).is_some_and(|(cors, origin)| cors.allows(origin))
}

/// Whether the origin is the public one, or that of the very address which the browser asked.
fn is_ours(origin: &str, headers: &HeaderMap, public_url: &Url) -> bool {
    let Ok(origin) = Url::parse(origin).map(|url| url.origin()) else { return false };
    let asked =
        from_spin(headers, "spin-full-url").and_then(|url| Url::parse(url).ok()).map(|url| url.origin());
    let same = |ours: Origin| ours.is_tuple() && ours == origin;
    same(public_url.origin()) || asked.is_some_and(same)
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;
    use crate::cors::Cors;

    fn site() -> Site {
        Site {
            public_url: "https://app.example.org".parse().unwrap(),
            trusted_proxies: Vec::new(),
            cors: Cors::parse("https://friend.example").unwrap(),
        }
    }

    fn check_post(headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        check(&Method::POST, &headers, &site()).is_ok()
    }

    #[test]
    fn browsers_from_elsewhere_are_refused() {
        assert!(check_post(&[("sec-fetch-site", "same-origin")]));
        assert!(check_post(&[("origin", "https://app.example.org")]));
        assert!(check_post(&[("origin", "http://[::1]:3000"), ("spin-full-url", "http://[::1]:3000/api")]));
        assert!(check_post(&[]));
        assert!(!check_post(&[("sec-fetch-site", "cross-site")]));
        assert!(!check_post(&[("sec-fetch-site", "same-site"), ("origin", "https://app.example.org")]));
        assert!(!check_post(&[("origin", "https://evil.example")]));
        assert!(!check_post(&[("origin", "null")]));
        assert!(check_post(&[("sec-fetch-site", "cross-site"), ("origin", "https://friend.example")]));
        assert!(!check_post(&[("sec-fetch-site", "cross-site"), ("origin", "https://not.friend.example")]));
        assert!(check_post(&[("sec-fetch-site", "cross-site"), ("authorization", "Bearer x")]));
    }

    #[test]
    fn reading_is_always_allowed() {
        let headers = [(HeaderName::from_static("sec-fetch-site"), HeaderValue::from_static("cross-site"))];
        assert!(check(&Method::GET, &headers.into_iter().collect(), &site()).is_ok());
    }
}
