//! Configuration: Spin variables only, read once per instance, validated on first use.

use std::net::IpAddr;

use credentials::{EncryptionKeys, SigningKey, VerifyingKeys};
use ipnet::IpNet;
use spin_sdk::variables;
use url::{Host, Url};

pub use identity_providers::{IdentityProtocol, IdentityProviderConfig, IdentityProviders};
pub use mail::{Encryption, MailApi, MailTransport, Relay, Sender, retention_days};
pub use sign_up::SignUp;

use crate::{cors::Cors, instance::InstanceCell};

mod identity_providers;
mod mail;
mod sign_up;

/// A variable that is missing or wrong. The message says which, for the operator's log.
#[derive(Debug, Clone, thiserror::Error)]
#[error("variable `{variable}`: {reason} (set SPIN_VARIABLE_{}, see .env.example)", .variable.to_uppercase())]
pub struct ConfigError {
    /// The variable's name in `spin.toml`.
    pub variable: &'static str,
    /// What is wrong with it; never its value, which may be a secret.
    pub reason: String,
}

impl ConfigError {
    fn new(variable: &'static str, reason: &impl ToString) -> Self {
        Self { variable, reason: reason.to_string() }
    }
}

async fn read(variable: &'static str) -> Result<String, ConfigError> {
    variables::get(variable).await.map_err(|error| ConfigError::new(variable, &error))
}

/// Whether nobody listens on the way there: `https`, or on the own machine `http`.
fn is_private(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(domain)) => domain == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        None => false,
    }
}

/// Where the application is reached, and by whom it may be fronted.
#[derive(Debug, Clone)]
pub struct Site {
    /// The address that browsers use; the issuer of the tokens.
    pub public_url: Url,
    /// Proxies whose `X-Forwarded-*` headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Other origins whose pages may use the API, where there are any.
    pub cors: Option<Cors>,
}

static SITE: InstanceCell<Site> = InstanceCell::new();

impl Site {
    /// The site of this instance.
    pub async fn get() -> Result<&'static Self, ConfigError> {
        SITE.get_or_try_init(Self::load).await
    }

    /// Reads `public_url`, `trusted_proxies` and `cors_allowed_origins`.
    async fn load() -> Result<Self, ConfigError> {
        let public_url = read("public_url").await?;
        let public_url = Url::parse(&public_url).map_err(|error| ConfigError::new("public_url", &error))?;
        if !matches!(public_url.scheme(), "http" | "https") {
            return Err(ConfigError::new("public_url", &"must begin with http:// or https://"));
        }
        let trusted_proxies = parse_networks(&read("trusted_proxies").await?)
            .map_err(|reason| ConfigError::new("trusted_proxies", &reason))?;
        let cors = Cors::parse(&read("cors_allowed_origins").await?)
            .map_err(|reason| ConfigError::new("cors_allowed_origins", &reason))?;
        Ok(Self { public_url, trusted_proxies, cors })
    }

    /// The `iss` claim: the public URL without a trailing slash.
    pub fn issuer(&self) -> &str {
        self.public_url.as_str().trim_end_matches('/')
    }

    /// Whether a connection from there may speak for another address.
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|network| network.contains(&address))
    }
}

fn parse_networks(text: &str) -> Result<Vec<IpNet>, String> {
    text.split([',', ' '])
        .filter(|part| !part.is_empty())
        .map(|part| {
            part.parse()
                .or_else(|_| part.parse::<IpAddr>().map(IpNet::from))
                .map_err(|_| format!("`{part}` is neither an address nor a network such as 10.0.0.0/8"))
        })
        .collect()
}

/// How a component reaches its database: its own role's URL, or the shared one where there is one role only.
pub async fn database_url() -> Result<String, ConfigError> {
    let own = read("component_database_url").await?;
    let url = if own.is_empty() { read("database_url").await? } else { own };
    if url.is_empty() {
        return Err(ConfigError::new("database_url", &"neither it nor <component>_database_url is set"));
    }
    Ok(url)
}

/// The keys that access tokens are verified with.
pub async fn verifying_keys() -> Result<VerifyingKeys, ConfigError> {
    let text = read("jwt_public_keys").await?;
    VerifyingKeys::parse(&text).map_err(|error| ConfigError::new("jwt_public_keys", &error))
}

/// The key that access tokens are signed with; `login` alone is given it.
pub async fn signing_key() -> Result<SigningKey, ConfigError> {
    let text = read("jwt_signing_key").await?;
    SigningKey::parse(&text).map_err(|error| ConfigError::new("jwt_signing_key", &error))
}

/// The keys that secrets at rest are sealed with; `login` alone is given them.
pub async fn encryption_keys() -> Result<EncryptionKeys, ConfigError> {
    let text = read("encryption_key").await?;
    EncryptionKeys::parse(&text).map_err(|error| ConfigError::new("encryption_key", &error))
}

/// How long what the tick is proven with must be, at least.
const TICK_TOKEN_LENGTH: usize = 32;

static TICK_TOKEN: InstanceCell<Option<String>> = InstanceCell::new();

/// What a timer proves itself with; `None` where the tick is off. `services` alone is given it.
pub async fn tick_token() -> Result<Option<&'static str>, ConfigError> {
    let load = async || match read("tick_token").await? {
        token if token.is_empty() => Ok(None),
        token if token.len() < TICK_TOKEN_LENGTH => {
            let reason = format!("must have {TICK_TOKEN_LENGTH} characters or more");
            Err(ConfigError::new("tick_token", &reason))
        }
        token => Ok(Some(token)),
    };
    TICK_TOKEN.get_or_try_init(load).await.map(Option::as_deref)
}

static HASH_RATE: InstanceCell<f64> = InstanceCell::new();

/// How many passwords may be hashed a second, by all instances together; `login` alone asks.
pub async fn password_hashes_per_second() -> Result<f64, ConfigError> {
    let load = async || {
        let variable = "password_hashes_per_second";
        parse_rate(&read(variable).await?).map_err(|reason| ConfigError::new(variable, &reason))
    };
    HASH_RATE.get_or_try_init(load).await.copied()
}

fn parse_rate(text: &str) -> Result<f64, &'static str> {
    let rate = text.trim().parse::<f64>().ok();
    rate.filter(|rate| (0.001..=100_000.0).contains(rate)).ok_or("must be a number from 0.001 to 100000")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_above_zero_and_within_reason() {
        assert_eq!((parse_rate(" 20 "), parse_rate("0.5")), (Ok(20.0), Ok(0.5)));
        for text in ["", "0", "-1", "NaN", "inf", "1e9", "many"] {
            assert!(parse_rate(text).is_err(), "{text}");
        }
    }

    #[test]
    fn networks_are_addresses_or_ranges() {
        let networks = parse_networks("10.0.0.0/8, 192.168.1.7 ::1").unwrap();
        assert!(networks[0].contains(&"10.9.8.7".parse::<IpAddr>().unwrap()));
        assert!(networks[1].contains(&"192.168.1.7".parse::<IpAddr>().unwrap()));
        assert_eq!(networks.len(), 3);
        assert!(parse_networks("proxy.example.org").unwrap_err().contains("proxy.example.org"));
    }
}
