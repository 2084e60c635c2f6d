//! What a handler knows of a request, whoever sent it.

use axum::{Extension, RequestPartsExt, extract::FromRequestParts};
use contract::Locale;
use http::{header, request::Parts};
use platform::{Error, Result, client::Client, config::Site};

/// A request, as far as it can be known without asking who sent it.
pub struct Visit {
    /// Where the application is reached.
    pub site: &'static Site,
    /// Who is at the other end.
    pub client: Client,
    /// The language that the browser prefers.
    pub language: Locale,
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let Extension(site) = parts.extract().await.map_err(anyhow::Error::from)?;
        let Extension(client) = parts.extract().await.map_err(anyhow::Error::from)?;
        let accepted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let language = Locale::preferred(accepted.unwrap_or_default());
        Ok(Self { site, client, language })
    }
}
