//! Where a component may connect to: `allowed_outbound_hosts`.
//!
//! An entry is `<scheme>://<host>[:<port>]`; see [`pattern`] for what each part may be. Everything that
//! leaves a component is checked here: HTTP, PostgreSQL, Redis and sockets.

mod pattern;
mod target;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;

use crate::variables::{Template, VariableError, Variables};
use pattern::{HostPattern, PatternError};
use target::{InvalidTarget, Target};

/// The domain of service chaining: `http://<component>.spin.internal`.
const SERVICE_CHAINING_DOMAIN: &str = "spin.internal";

/// Where one component may connect to, templates resolved.
#[derive(Debug, Clone, Default)]
pub struct AllowedHosts {
    patterns: Vec<HostPattern>,
}

/// `allowed_outbound_hosts` of a component that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("in [component.{component}]: `allowed_outbound_hosts`: {reason}")]
pub struct AllowedHostsError {
    component: String,
    reason: Reason,
}

#[derive(Debug, thiserror::Error)]
enum Reason {
    #[error(transparent)]
    Pattern(#[from] PatternError),
    #[error("{0:?}: {1}")]
    Variable(String, VariableError),
}

/// A connection that the component's `allowed_outbound_hosts` does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{target} is not in the component's allowed hosts; to allow it, add 'allowed_outbound_hosts = [\"{target}\"]' to the component in spin.toml"
)]
pub struct NotAllowed {
    target: String,
}

/// What a socket address is to be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SocketUse {
    /// To listen on: never allowed.
    TcpBind,
    /// To connect a TCP socket to.
    TcpConnect,
    /// To bind, connect or send a UDP socket to.
    Udp,
}

impl AllowedHosts {
    /// Parses the `allowed_outbound_hosts` of `component`, with `variables` in place of its templates.
    /// `*.spin.internal` stands for each of `components`, the ids of the application's components. An entry
    /// whose template comes out empty is left out: that is how an optional endpoint is written.
    pub fn parse<'a>(
        component: &str,
        entries: &[String],
        variables: &Variables,
        components: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, AllowedHostsError> {
        let refuse = |reason| AllowedHostsError { component: component.to_owned(), reason };
        let components: Vec<&str> = components.into_iter().collect();
        let mut patterns = Vec::with_capacity(entries.len());
        for entry in entries {
            let Some(entry) = resolve(entry, variables).map_err(refuse)? else { continue };
            let pattern = HostPattern::parse(&entry).map_err(|error| refuse(error.into()))?;
            patterns.extend(pattern.expand_chaining(&components));
        }
        Ok(Self { patterns })
    }

    /// Checks a connection to `url`. One without a scheme gets `default_scheme`; one without a port gets the
    /// scheme's.
    pub fn check_url(&self, url: &str, default_scheme: &str) -> Result<(), NotAllowed> {
        self.check(Target::parse(url, default_scheme), default_scheme)
    }

    /// Checks a connection by the protocol `scheme` to `port` at `host`, a name or an address.
    pub fn check_address(&self, scheme: &str, host: &str, port: u16) -> Result<(), NotAllowed> {
        self.check(Target::new(scheme, host, port), scheme)
    }

    fn check(&self, target: Result<Target, InvalidTarget>, scheme: &str) -> Result<(), NotAllowed> {
        let target =
            target.map_err(|InvalidTarget| NotAllowed { target: format!("{scheme}://<not a host>") })?;
        if self.patterns.iter().any(|pattern| pattern.allows(&target)) {
            return Ok(());
        }
        Err(NotAllowed { target: target.to_string() })
    }

    /// Checks a request of the component to its own application (a relative URL), over one of `schemes`.
    pub fn check_self(&self, schemes: &[&str]) -> Result<(), NotAllowed> {
        if self.patterns.iter().any(|pattern| pattern.allows_self(schemes)) {
            return Ok(());
        }
        Err(NotAllowed { target: format!("{}://self", schemes.first().unwrap_or(&"http")) })
    }

    /// Whether a socket may use `address`. Entries name it with the scheme `tcp`, `udp` or `*`.
    pub fn allows_socket(&self, address: SocketAddr, used: SocketUse) -> bool {
        let scheme = match used {
            SocketUse::TcpBind => return false,
            SocketUse::TcpConnect => "tcp",
            SocketUse::Udp => "udp",
        };
        self.check_address(scheme, &address.ip().to_string(), address.port()).is_ok()
    }
}

/// `entry` with its templates resolved; `None` where that leaves nothing.
fn resolve(entry: &str, variables: &Variables) -> Result<Option<String>, Reason> {
    let unresolved = |error| Reason::Variable(entry.to_owned(), error);
    let template = Template::parse(entry).map_err(|error| unresolved(error.into()))?;
    let resolved = variables.resolve_template(&template).map_err(unresolved)?;
    let empty = !template.is_literal() && ["", "http://", "https://"].contains(&resolved.as_str());
    Ok((!empty).then_some(resolved))
}

/// The component that `authority` (`host[:port]`) names by service chaining, if it does.
pub fn service_chaining_target(authority: &str) -> Option<&str> {
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    let (component, domain) = host.split_once('.')?;
    (domain == SERVICE_CHAINING_DOMAIN).then_some(component)
}
