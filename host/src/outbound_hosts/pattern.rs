//! One entry of `allowed_outbound_hosts`.
//!
//! | part | may be |
//! | --- | --- |
//! | scheme | letters, or `*` |
//! | host | a name, an address, `*`, `*.example.com`, a CIDR block, `self`, or `*.spin.internal` |
//! | port | a number, a range `1000..2000` (its end not included), `*`; the scheme's own where there is none |

use std::ops::Range;

use ipnet::IpNet;
use url::Host;

use super::{
    SERVICE_CHAINING_DOMAIN,
    target::{Target, default_port},
};

/// A parsed entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HostPattern {
    scheme: Scheme,
    host: HostMatch,
    port: Port,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Scheme {
    Any,
    Only(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum HostMatch {
    Any,
    /// The domain, which does not match itself.
    Subdomain(String),
    /// The application itself: relative URLs.
    Itself,
    Network(IpNet),
    Literal(Host),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Port {
    Any,
    Only(u16),
    Within(Range<u16>),
}

/// An entry that is not `<scheme>://<host>[:<port>]`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{entry:?} {reason}")]
pub struct PatternError {
    entry: String,
    reason: String,
}

impl HostPattern {
    /// Parses an entry that has no templates any more.
    pub fn parse(entry: &str) -> Result<Self, PatternError> {
        let refuse = |reason: &str| PatternError { entry: entry.to_owned(), reason: reason.to_owned() };
        if entry == "insecure:allow-all" {
            return Err(refuse("is not supported: \"*://*:*\" allows everything"));
        }
        let Some((scheme, rest)) = entry.trim().split_once("://") else {
            return Err(refuse("has no scheme: write <scheme>://<host>[:<port>], each of which may be *"));
        };
        let (host, port) = split_port(rest).map_err(refuse)?;
        Ok(Self {
            host: HostMatch::parse(host).map_err(refuse)?,
            port: Port::parse(port, scheme).map_err(refuse)?,
            scheme: Scheme::parse(scheme).map_err(refuse)?,
        })
    }

    /// The entry itself or, for `*.spin.internal`, one entry for each of `components`: chaining reaches what
    /// the application has, not whatever a resolver may know under that domain.
    pub fn expand_chaining(self, components: &[&str]) -> Vec<Self> {
        if self.host != HostMatch::Subdomain(SERVICE_CHAINING_DOMAIN.to_owned()) {
            return vec![self];
        }
        let of = |component: &str| {
            HostMatch::Literal(Host::Domain(format!("{component}.{SERVICE_CHAINING_DOMAIN}")))
        };
        components.iter().map(|component| Self { host: of(component), ..self.clone() }).collect()
    }

    /// Whether the entry allows a connection to `target`.
    pub fn allows(&self, target: &Target) -> bool {
        self.scheme.allows(&target.scheme) && self.host.allows(&target.host) && self.port.allows(target.port)
    }

    /// Whether the entry allows requests to the application itself over one of `schemes`.
    pub fn allows_self(&self, schemes: &[&str]) -> bool {
        matches!(self.host, HostMatch::Any | HostMatch::Itself)
            && schemes.iter().any(|scheme| self.scheme.allows(scheme))
    }
}

/// `host` and `port` of an authority; the port is empty where there is none.
fn split_port(authority: &str) -> Result<(&str, &str), &'static str> {
    let Some((host, tail)) = authority.rsplit_once(':') else { return Ok((authority, "")) };
    if !tail.is_empty() && HostMatch::parse(authority).is_ok() {
        return Ok((authority, "")); // An IPv6 address or network: its last colon is its own.
    }
    match tail.split_once('/') {
        None => Ok((host, tail)),
        Some((port, "")) => Ok((host, port)),
        Some(_) => Err("has a path, which no entry may have"),
    }
}

impl Scheme {
    fn parse(text: &str) -> Result<Self, &'static str> {
        match text {
            "*" => Ok(Self::Any),
            _ if text.starts_with('{') => Err("has a list of schemes, which is not supported"),
            _ if text.is_empty() || !text.chars().all(char::is_alphabetic) => {
                Err("has a scheme with other characters than letters")
            }
            _ => Ok(Self::Only(text.to_owned())),
        }
    }

    fn allows(&self, scheme: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Only(only) => only == scheme,
        }
    }
}

impl HostMatch {
    fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        match text {
            "*" => return Ok(Self::Any),
            "self" | "self.alt" => return Ok(Self::Itself),
            _ if text.starts_with('{') => return Err("has a list of hosts, which is not supported"),
            _ => {}
        }
        if let Some(network) = network(text) {
            return Ok(Self::Network(network));
        }
        let text = text.strip_suffix('/').unwrap_or(text);
        if text.contains('/') {
            return Err("has a path, which no entry may have");
        }
        if let Some(domain) = text.strip_prefix("*.") {
            return match Host::parse(domain) {
                Ok(Host::Domain(domain)) if !domain.contains('*') => Ok(Self::Subdomain(domain)),
                _ => Err("has a * that is not followed by a domain"),
            };
        }
        if text.contains('*') {
            return Err(
                "has a * within a name: it stands for a whole host or for subdomains (*.example.com)",
            );
        }
        Host::parse(text).map(Self::Literal).map_err(|_| "has a host that is neither a name nor an address")
    }

    fn allows(&self, host: &Host) -> bool {
        match (self, host) {
            (Self::Any, _) => true,
            (Self::Subdomain(domain), Host::Domain(host)) => {
                host.strip_suffix(domain.as_str()).is_some_and(|front| front.ends_with('.'))
            }
            (Self::Literal(literal), host) => literal == host,
            (Self::Network(network), Host::Ipv4(address)) => {
                network.contains(&std::net::IpAddr::V4(*address))
            }
            (Self::Network(network), Host::Ipv6(address)) => {
                network.contains(&std::net::IpAddr::V6(*address))
            }
            (Self::Subdomain(_) | Self::Network(_) | Self::Itself, _) => false,
        }
    }
}

/// A CIDR block, or a lone address as the block of itself.
fn network(text: &str) -> Option<IpNet> {
    let block = || text.parse::<IpNet>().ok();
    let address = || text.parse::<std::net::IpAddr>().ok().map(IpNet::from);
    block().or_else(address)
}

impl Port {
    fn parse(text: &str, scheme: &str) -> Result<Self, &'static str> {
        let number =
            |text: &str| text.parse::<u16>().map_err(|_| "has a port that is not a number below 65536");
        match text {
            "" => default_port(scheme).map(Self::Only).ok_or("has no port, and its scheme no usual one"),
            "*" => Ok(Self::Any),
            _ if text.starts_with('{') => Err("has a list of ports, which is not supported"),
            _ => match text.split_once("..") {
                Some((start, end)) => Ok(Self::Within(number(start)?..number(end)?)),
                None => Ok(Self::Only(number(text)?)),
            },
        }
    }

    fn allows(&self, port: Option<u16>) -> bool {
        match (self, port) {
            (Self::Any, _) => true,
            (Self::Only(only), Some(port)) => *only == port,
            (Self::Within(range), Some(port)) => range.contains(&port),
            (_, None) => false,
        }
    }
}
