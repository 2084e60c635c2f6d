//! What a component wants to connect to.

use std::{fmt, net::IpAddr};

use url::{Host, Url};

/// A scheme, a host and a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub scheme: String,
    pub host: Host,
    /// The port, where the address or its scheme has one.
    pub port: Option<u16>,
}

/// Something that is not a URL with a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a URL with a host")]
pub struct InvalidTarget;

impl Target {
    /// Parses a URL or, failing that, `<default_scheme>://<url>`.
    pub fn parse(url: &str, default_scheme: &str) -> Result<Self, InvalidTarget> {
        let parsed = match Url::parse(url) {
            Ok(parsed) if parsed.has_host() => parsed,
            _ => Url::parse(&format!("{default_scheme}://{url}")).map_err(|_| InvalidTarget)?,
        };
        let scheme = parsed.scheme().to_owned();
        // Only the schemes of the web have their hosts told apart by `Url`.
        let host = parsed.host_str().and_then(|host| Host::parse(host).ok()).ok_or(InvalidTarget)?;
        Ok(Self { port: parsed.port().or_else(|| default_port(&scheme)), scheme, host })
    }

    /// `port` at `host`, which is a name or an address (an IPv6 one without brackets).
    pub fn new(scheme: &str, host: &str, port: u16) -> Result<Self, InvalidTarget> {
        let host = match host.parse::<IpAddr>() {
            Ok(IpAddr::V4(address)) => Host::Ipv4(address),
            Ok(IpAddr::V6(address)) => Host::Ipv6(address),
            Err(_) => Host::parse(host).map_err(|_| InvalidTarget)?,
        };
        Ok(Self { scheme: scheme.to_owned(), host, port: Some(port) })
    }
}

/// The port that a URL of `scheme` means where it has none.
pub(super) fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        "postgres" => Some(5432),
        "mysql" => Some(3306),
        "redis" => Some(6379),
        "mqtt" => Some(1883),
        _ => None,
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.host)?;
        match self.port {
            Some(port) if default_port(&self.scheme) != Some(port) => write!(f, ":{port}"),
            _ => Ok(()),
        }
    }
}
