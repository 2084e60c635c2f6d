//! Requests, as an API client or a browser sends them.

use std::pin::Pin;

use contract::TokenGrant;
use reqwest::{Method, RequestBuilder, header};
use serde::Serialize;

use crate::{Cookie, Response};

/// A client of one application. Knows no more than what it is told: cookies are sent where a test says so.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    grant: Option<TokenGrant>,
}

impl Client {
    /// A client of the application at `url`, not signed in.
    pub(crate) fn new(url: String) -> Self {
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        Self { http: http.build().expect("a client without TLS can be made"), url, grant: None }
    }

    /// The same, with the tokens of an answer to a sign-in or a refresh.
    #[must_use]
    pub fn signed_in(&self, grant: TokenGrant) -> Self {
        Self { grant: Some(grant), ..self.clone() }
    }

    /// The same, with that access token.
    #[must_use]
    pub fn with_token(&self, access_token: &str) -> Self {
        let access_token = Some(access_token.to_owned());
        self.signed_in(TokenGrant { expires_in: 0, token_type: None, access_token, refresh_token: None })
    }

    /// Where the application is reached.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The access token; the client must be signed in.
    pub fn access_token(&self) -> &str {
        self.grant.as_ref().and_then(|grant| grant.access_token.as_deref()).expect("the client is signed in")
    }

    /// The refresh token; the client must be signed in.
    pub fn refresh_token(&self) -> &str {
        self.grant.as_ref().and_then(|grant| grant.refresh_token.as_deref()).expect("the client is signed in")
    }

    /// `GET`
    pub fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    /// `POST`
    pub fn post(&self, path: &str) -> Call {
        self.call(Method::POST, path)
    }

    /// `PATCH`
    pub fn patch(&self, path: &str) -> Call {
        self.call(Method::PATCH, path)
    }

    /// Any method.
    pub fn call(&self, method: Method, path: &str) -> Call {
        let mut request = self.http.request(method, format!("{}{path}", self.url));
        if let Some(token) = self.grant.as_ref().and_then(|grant| grant.access_token.as_deref()) {
            request = request.bearer_auth(token);
        }
        Call(request)
    }
}

/// A request; `.await` sends it.
#[must_use = "a call is sent by awaiting it"]
pub struct Call(RequestBuilder);

impl Call {
    /// With this body, as JSON.
    pub fn json(self, body: &impl Serialize) -> Self {
        Self(self.0.json(body))
    }

    /// With this body and type, whatever they are.
    pub fn body(self, content_type: &str, body: impl Into<reqwest::Body>) -> Self {
        Self(self.0.header(header::CONTENT_TYPE, content_type).body(body))
    }

    /// With a header.
    pub fn header(self, name: &str, value: &str) -> Self {
        Self(self.0.header(name, value))
    }

    /// With these cookies, as a browser sends them back.
    pub fn cookies<'a>(self, cookies: impl IntoIterator<Item = &'a Cookie>) -> Self {
        let pairs: Vec<_> =
            cookies.into_iter().map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
        self.header("cookie", &pairs.join("; "))
    }

    /// Sends it; `None` where the connection is closed without an answer.
    pub async fn answer(self) -> Option<Response> {
        Some(Response::read(self.0.send().await.ok()?).await)
    }
}

impl IntoFuture for Call {
    type Output = Response;
    type IntoFuture = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async { self.answer().await.expect("the application answers") })
    }
}
