//! Form-encoded bodies, as applications' servers send them.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use contract::ProblemCode;
use platform::extract::is_form;

use super::refusal::{Refusal, invalid_request};

/// The parameters of a body (RFC 6749 appendix B): each once, those without a value left out (§3.2).
pub struct Form(Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        if !is_form(request.headers()) {
            return Err(invalid_request("the body must be application/x-www-form-urlencoded"));
        }
        let body = Bytes::from_request(request, state).await.map_err(|_| ProblemCode::PayloadTooLarge)?;
        let mut found: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
        found.sort();
        if found.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return Err(invalid_request("a parameter is there twice"));
        }
        found.retain(|(_, value)| !value.is_empty());
        Ok(Self(found))
    }
}

impl Form {
    /// A parameter's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}
