//! What an issuer says of itself (`OpenID` Connect Discovery 1.0), and its keys.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::{
    AdditionalProviderMetadata, DiscoveryError, IssuerUrl, ProviderMetadata,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
        CoreSubjectIdentifierType,
    },
};
use platform::{Result, clock};
use serde::{Deserialize, Serialize};

use super::{Provider, outbound};

/// How long it is believed. A key that is not in it is looked for anew at once.
const BELIEVED: TimeDelta = TimeDelta::minutes(10);

/// The metadata of an issuer.
pub type Metadata = ProviderMetadata<
    Announced,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// What the library leaves to us.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Announced {
    /// Whether every answer names its issuer (RFC 9207 §3).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Announced {}

/// By issuer: what it said, and until when that is believed. In the instance and nowhere else: the key-value store is
/// other components' too, and whoever can write these keys can sign in as anybody.
type Known = HashMap<String, (Arc<Metadata>, DateTime<Utc>)>;

static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);

fn known<T>(look: impl FnOnce(&mut Known) -> T) -> T {
    look(&mut KNOWN.lock().unwrap_or_else(PoisonError::into_inner))
}

/// What the issuer says of itself, or said a while ago.
pub async fn get(provider: &Provider, issuer: &str) -> Result<Arc<Metadata>> {
    let now = clock::now();
    match known(|known| known.get(issuer).cloned()) {
        Some((metadata, until)) if now < until => Ok(metadata),
        _ => fetch(provider, issuer).await,
    }
}

/// What the issuer says of itself now.
pub async fn fetch(provider: &Provider, issuer: &str) -> Result<Arc<Metadata>> {
    let url = IssuerUrl::new(issuer.to_owned()).map_err(anyhow::Error::from)?;
    let metadata = Metadata::discover_async(url, &outbound::send).await.map_err(|error| match error {
        DiscoveryError::Request(error) => provider.unanswered(&error),
        DiscoveryError::Response(status, ..) if status.is_server_error() => provider.unavailable(&status),
        other => provider.failed(&other),
    })?;
    let metadata = Arc::new(metadata);
    known(|known| known.insert(issuer.to_owned(), (Arc::clone(&metadata), clock::now() + BELIEVED)));
    Ok(metadata)
}
