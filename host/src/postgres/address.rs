//! Connection strings: which hosts they name, and whether the component may reach them.

use std::time::Duration;

use tokio_postgres::config::{Config, Host};

use crate::{bindings::spin::postgres::postgres::Error, outbound_hosts::AllowedHosts};

/// How long a connection may take to be made where the address does not say.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// PostgreSQL's port.
const DEFAULT_PORT: u16 = 5432;

/// Parses a connection string (`postgres://...` or `host=... user=...`) and checks every host that it names.
pub(super) fn parse(address: &str, allowed: &AllowedHosts) -> Result<Config, Error> {
    let mut config: Config = address
        .parse()
        .map_err(|error| Error::ConnectionFailed(format!("the address is not valid: {error}")))?;
    let hosts = config.get_hosts();
    // Where there are addresses, they are what is connected to, and the names are for TLS alone.
    for (index, address) in config.get_hostaddrs().iter().enumerate() {
        check(&address.to_string(), port(&config, index), allowed)?;
    }
    for (index, host) in hosts.iter().enumerate() {
        match host {
            Host::Tcp(name) => check(name, port(&config, index), allowed)?,
            #[cfg(unix)]
            Host::Unix(_) => {
                return Err(Error::ConnectionFailed(
                    "Unix sockets are not supported: name a host".to_owned(),
                ));
            }
        }
    }
    if hosts.is_empty() && config.get_hostaddrs().is_empty() {
        return Err(Error::ConnectionFailed("the address names no host".to_owned()));
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT_TIMEOUT);
    }
    Ok(config)
}

fn check(host: &str, port: u16, allowed: &AllowedHosts) -> Result<(), Error> {
    allowed
        .check_address("postgres", host, port)
        .map_err(|denied| Error::ConnectionFailed(denied.to_string()))
}

/// The port of the host at `index`: its own, or the only one, or PostgreSQL's.
fn port(config: &Config, index: usize) -> u16 {
    match config.get_ports() {
        [only] => *only,
        ports => ports.get(index).copied().unwrap_or(DEFAULT_PORT),
    }
}
