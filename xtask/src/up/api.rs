//! Matrice's own API, as any client uses it.

use anyhow::{Context, Result, bail};
use contract::{LoginRequest, TokenGrant, Transport};
use reqwest::{Client, Response, StatusCode};
use serde::Serialize;

/// A client of the API, signed in or not.
pub struct Api {
    client: Client,
    base: String,
    access_token: Option<String>,
}

impl Api {
    /// A client of the application at `url`, not signed in.
    pub fn new(url: &str) -> Result<Self> {
        let client = Client::builder().no_proxy().build().context("preparing requests")?;
        Ok(Self { client, base: format!("{url}/api/core/v1"), access_token: None })
    }

    /// Signs in.
    pub async fn sign_in(&mut self, email: &str, password: &str) -> Result<()> {
        let request = LoginRequest {
            email: email.to_owned(),
            password: password.to_owned(),
            transport: Transport::Bearer,
        };
        let response = accepted(self.post("auth/login", &request).await?).await.context("signing in")?;
        let grant: TokenGrant = response.json().await.context("reading the answer to signing in")?;
        self.access_token = grant.access_token;
        Ok(())
    }

    /// Posts to a path below `/api/core/v1/`; the answer may be a refusal.
    pub async fn post(&self, path: &str, body: &impl Serialize) -> Result<Response> {
        let mut request = self.client.post(format!("{}/{path}", self.base)).json(body);
        if let Some(token) = &self.access_token {
            request = request.bearer_auth(token);
        }
        request.send().await.with_context(|| format!("asking {path}"))
    }
}

/// The answer, unless it is a refusal: then the problem, as an error.
pub async fn accepted(response: Response) -> Result<Response> {
    let status: StatusCode = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let path = response.url().path().to_owned();
    let problem = response.text().await.unwrap_or_default();
    bail!("{path} answered {status}: {problem}")
}
