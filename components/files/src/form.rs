//! Forms that other applications send browsers with, to pages that read their address: the authorization endpoint and
//! the end-session endpoint take both (`OpenID` Connect Core 1.0 §3.1.2.1, RP-Initiated Logout 1.0 §2).

use contract::ProblemCode;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use platform::extract::is_form;

use crate::{body::Body, policy, refusal};

/// The pages that take a form.
const PAGES: [&str; 2] = ["/authorize", "/sign-out"];

/// The most bytes of one: about what an address may have everywhere.
const MOST: usize = 8 * 1024;

/// Whether the request brings a form that a page takes; `url_path` is the path of its URL as it came.
pub fn is_taken(method: &Method, url_path: &str) -> bool {
    method == Method::POST && PAGES.contains(&url_path)
}

/// Answers a form with the way to the same page, which finds it in its address.
pub async fn redirect<B>(url_path: &str, headers: &HeaderMap, body: B) -> Response<Body>
where
    B: http_body::Body,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    if !is_form(headers) {
        return refusal::respond(ProblemCode::MalformedRequest, headers);
    }
    let query = match Limited::new(body, MOST).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => {
            return refusal::respond(ProblemCode::PayloadTooLarge, headers);
        }
        Err(_) => return refusal::respond(ProblemCode::MalformedRequest, headers),
    };
    match location(url_path, &query) {
        Some(location) => see_other(location),
        None => refusal::respond(ProblemCode::MalformedRequest, headers),
    }
}

/// The page with that query; `None` where it holds what a form's encoding leaves nothing of.
fn location(url_path: &str, query: &[u8]) -> Option<HeaderValue> {
    let encoded = query.iter().all(|byte| byte.is_ascii_graphic() && *byte != b'#');
    let query = str::from_utf8(query).ok().filter(|_| encoded)?;
    let separator = if query.is_empty() { "" } else { "?" };
    HeaderValue::from_str(&format!("{url_path}{separator}{query}")).ok()
}

/// 303: what comes next is a `GET`.
fn see_other(location: HeaderValue) -> Response<Body> {
    let mut headers = policy::refusal_headers();
    headers.insert(header::LOCATION, location);
    headers.insert(header::CONTENT_LENGTH, 0.into());
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    *response.headers_mut() = headers;
    response
}
