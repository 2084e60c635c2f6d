//! Identity providers: where a browser is sent, and what is believed of the answer that it brings back.

use std::fmt::Display;

use anyhow::Context;
use axum::{Extension, RequestPartsExt, extract::FromRequestParts};
use chrono::{DateTime, Utc};
use contract::{
    AuthorizationPurpose, DisplayName, Email, IdentityId, IdentityProviderId, Locale, ProblemCode,
};
use http::request::Parts;
use oauth2::{ErrorResponse, RedirectUrl, RequestTokenError};
use platform::{
    Error, Result,
    config::{IdentityProtocol, IdentityProviderConfig, IdentityProviders, Site},
    extract::Path,
};
use serde::Deserialize;
use store::identity::NewIdentity;
use uuid::Uuid;

use crate::flow::Flow;
use outbound::HttpError;

mod github;
mod metadata;
mod openid;
mod outbound;

/// The most characters of a subject (`OpenID` Connect Core 1.0 §2).
const SUBJECT_MAX: usize = 255;

/// A provider that is on, and the way back from it.
pub struct Provider {
    config: &'static IdentityProviderConfig,
    redirect_url: RedirectUrl,
}

/// Whom a provider vouches for.
pub struct Profile {
    /// Who vouches.
    pub issuer: String,
    /// For whom: the one thing about them that never changes.
    pub subject: String,
    /// Their address.
    pub email: Option<Email>,
    /// Whether the provider has seen that they read it.
    pub email_verified: bool,
    /// What they are called.
    pub name: Option<DisplayName>,
    /// Their language, where it is one of ours.
    pub locale: Option<Locale>,
    /// When the provider last asked who they are, where it says so.
    pub asked_at: Option<DateTime<Utc>>,
}

impl Profile {
    /// The address, where the provider has verified it.
    pub fn verified_email(&self) -> Option<&Email> {
        self.email.as_ref().filter(|_| self.email_verified)
    }

    /// The identity, to be linked.
    pub fn identity(&self, provider: &Provider) -> NewIdentity<'_> {
        NewIdentity {
            id: IdentityId(Uuid::now_v7()),
            provider: provider.id(),
            issuer: &self.issuer,
            subject: &self.subject,
            email: self.email.as_ref(),
        }
    }
}

impl Provider {
    /// The provider of that name; `not_found` where it is off.
    async fn find(name: &str, site: &Site) -> Result<Self> {
        let config = IdentityProviders::get().await?.find(name).ok_or(ProblemCode::NotFound)?;
        let redirect_url = RedirectUrl::new(format!("{}/sign-in/{}", site.issuer(), config.id.as_str()));
        Ok(Self { config, redirect_url: redirect_url.context("public_url")? })
    }

    /// Which it is.
    pub fn id(&self) -> IdentityProviderId {
        self.config.id
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.config.name
    }

    /// Where to send the browser.
    pub async fn authorization_url(&self, flow: &Flow, purpose: AuthorizationPurpose) -> Result<String> {
        match &self.config.protocol {
            IdentityProtocol::OpenId { issuer } => {
                openid::authorization_url(self, issuer, flow, purpose).await
            }
            IdentityProtocol::GitHub { url, .. } => github::authorization_url(self, url, flow),
        }
    }

    /// Refuses the answer of another provider than the one that was asked (RFC 9207 §2.4).
    pub async fn check_issuer(&self, answering: Option<&str>) -> Result<()> {
        match &self.config.protocol {
            IdentityProtocol::OpenId { issuer } => openid::check_issuer(self, issuer, answering).await,
            // Has none to compare with.
            IdentityProtocol::GitHub { .. } => Ok(()),
        }
    }

    /// Whom the provider vouches for, by an authorization code.
    pub async fn profile(&self, flow: &Flow, code: String) -> Result<Profile> {
        let profile = match &self.config.protocol {
            IdentityProtocol::OpenId { issuer } => openid::profile(self, issuer, flow, code).await?,
            IdentityProtocol::GitHub { url, api_url } => {
                github::profile(self, url, api_url, flow, code).await?
            }
        };
        if profile.subject.is_empty() || profile.subject.chars().count() > SUBJECT_MAX {
            return Err(self.failed(&"the subject is not of a subject's length"));
        }
        Ok(profile)
    }

    /// What an error says that the provider sent the browser back with (RFC 6749 §4.1.2.1).
    pub fn error(&self, error: &str) -> Error {
        match error {
            "temporarily_unavailable" => self.unavailable(&error),
            "server_error"
            | "invalid_request"
            | "unauthorized_client"
            | "unsupported_response_type"
            | "invalid_scope" => self.failed(&error),
            _ => ProblemCode::AuthorizationDenied.into(),
        }
    }

    /// The provider answers something else than it must.
    fn failed(&self, why: &impl Display) -> Error {
        let provider = self.id().as_str();
        tracing::warn!(provider, error = %why, "an identity provider failed");
        ProblemCode::ProviderFailed.into()
    }

    /// The provider doesn't answer.
    fn unavailable(&self, why: &impl Display) -> Error {
        let provider = self.id().as_str();
        tracing::warn!(provider, error = %why, "an identity provider is unavailable");
        ProblemCode::ProviderUnavailable.into()
    }

    fn unanswered(&self, error: &HttpError) -> Error {
        if error.is_silence() { self.unavailable(error) } else { self.failed(error) }
    }

    /// Why there are no tokens for a code (RFC 6749 §5.2). GitHub says so with a status of success.
    fn no_tokens<E: ErrorResponse + 'static>(&self, error: RequestTokenError<HttpError, E>) -> Error {
        let body = match error {
            RequestTokenError::Request(error) => return self.unanswered(&error),
            RequestTokenError::Other(error) => return self.failed(&error),
            RequestTokenError::ServerResponse(response) => serde_json::to_vec(&response).unwrap_or_default(),
            RequestTokenError::Parse(_, body) => body,
        };
        match serde_json::from_slice::<TokenRefusal>(&body) {
            Ok(TokenRefusal { error }) if matches!(&*error, "invalid_grant" | "bad_verification_code") => {
                ProblemCode::AuthorizationInvalid.into()
            }
            Ok(TokenRefusal { error }) => self.failed(&error),
            Err(_) => self.failed(&"the answer to a code is neither tokens nor an error"),
        }
    }
}

#[derive(Deserialize)]
struct TokenRefusal {
    error: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Provider {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let Path(name) = Path::<String>::from_request_parts(parts, state).await?;
        let Extension(site): Extension<&'static Site> = parts.extract().await.map_err(anyhow::Error::from)?;
        Self::find(&name, site).await
    }
}

/// What a provider calls somebody, within the limits of our names.
fn display_name(name: &str) -> Option<DisplayName> {
    let name: String = name.chars().filter(|character| !character.is_control()).take(100).collect();
    DisplayName::parse(&name).ok()
}
