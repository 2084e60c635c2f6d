//! How the private cluster is configured.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use anyhow::{Context, Result};

/// The file beside `postgresql.conf` that has our settings; written anew at every start.
pub const FILE: &str = "matrice.conf";

/// Whether what has been committed outlives a crash of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// It does.
    Durable,
    /// It needn't: tests, where speed counts.
    Disposable,
}

/// The contents of [`FILE`].
pub fn render(port: u16, max_connections: u32, durability: Durability) -> String {
    let mut settings = format!(
        "listen_addresses = '127.0.0.1'\n\
         port = {port}\n\
         unix_socket_directories = ''\n\
         max_connections = {max_connections}\n\
         password_encryption = 'scram-sha-256'\n\
         timezone = 'UTC'\n\
         log_timezone = 'UTC'\n",
    );
    if durability == Durability::Disposable {
        settings.push_str(
            "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n\
             wal_level = minimal\nmax_wal_senders = 0\nautovacuum = off\n",
        );
    }
    settings
}

/// The port of the last run where it is still free, so that URLs stay the same; else any free one.
pub fn choose_port(data: &Path) -> Result<u16> {
    let last = std::fs::read_to_string(data.join(FILE)).ok().and_then(|text| parse_port(&text));
    if let Some(port) = last.filter(|&port| bind(port).is_ok()) {
        return Ok(port);
    }
    bind(0).context("looking for a free port for PostgreSQL")
}

fn bind(port: u16) -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, port))?.local_addr()?.port())
}

fn parse_port(settings: &str) -> Option<u16> {
    settings.lines().find_map(|line| line.strip_prefix("port = "))?.parse().ok()
}

/// `initdb`'s arguments for an order of text that is the same on every machine, by code point, and
/// lower-casing that knows more than ASCII.
pub fn locale_arguments(major: u32) -> &'static [&'static str] {
    if major >= 17 {
        &["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    } else if cfg!(target_os = "linux") {
        &["--locale=C.UTF-8"]
    } else {
        &["--locale-provider=icu", "--icu-locale=und", "--locale=C"]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_remembered_while_it_is_free() {
        let data = tempfile::tempdir().unwrap();
        let first = choose_port(data.path()).unwrap();
        std::fs::write(data.path().join(FILE), render(first, 10, Durability::Durable)).unwrap();
        assert_eq!(choose_port(data.path()).unwrap(), first);

        let _taken = TcpListener::bind((Ipv4Addr::LOCALHOST, first)).unwrap();
        assert_ne!(choose_port(data.path()).unwrap(), first);
    }

    #[test]
    fn only_tests_may_lose_data() {
        assert!(!render(5432, 10, Durability::Durable).contains("fsync"));
        assert!(render(5432, 10, Durability::Disposable).contains("fsync = off"));
    }
}
