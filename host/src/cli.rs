//! The command line, named as `spin up`'s: `matrice-host up --from spin.toml --listen 127.0.0.1:3000`.

use std::{
    net::{Ipv4Addr, SocketAddr, ToSocketAddrs as _},
    path::PathBuf,
    str::FromStr as _,
    time::Duration,
};

use anyhow::{Context as _, Result};
use clap::Parser;

use crate::{
    Builder, Host, Running,
    limits::{InstanceReuse, Limits},
    logs::LogFormat,
};

/// Runs a Spin application on the embedded host.
#[derive(Debug, Parser)]
#[command(name = "matrice-host", version)]
pub struct Arguments {
    /// The manifest, or the folder that has a `spin.toml`
    #[arg(short = 'f', long = "from", alias = "from-file", alias = "file", default_value = "spin.toml")]
    pub from: PathBuf,

    /// Address and port to listen on
    #[arg(long, env = "SPIN_HTTP_LISTEN_ADDR", default_value = "127.0.0.1:3000", value_parser = listen_address)]
    pub listen: SocketAddr,

    /// Take the next free port where the one asked for is in use
    #[arg(long)]
    pub find_free_port: bool,

    /// Key-value stores and variable providers
    #[arg(long, env = "RUNTIME_CONFIG_FILE")]
    pub runtime_config_file: Option<PathBuf>,

    /// An application variable: name=value, name=@file, @file.json or @file.toml
    #[arg(long)]
    pub variable: Vec<String>,

    /// An environment variable for all components: name=value
    #[arg(short = 'e', long = "env", value_parser = pair)]
    pub env: Vec<(String, String)>,

    /// Folder of key-value files and compiled components; empty keeps state in memory [default: .spin beside the
    /// manifest]
    #[arg(long)]
    pub state_dir: Option<String>,

    /// Folder of compiled components [default: `compiled` in the folder of the state]
    #[arg(long)]
    pub cache_dir: Option<PathBuf>,

    /// Requests that one instance of a WASI 0.3 component serves in all
    #[arg(long, default_value_t = InstanceReuse::default().max_count)]
    pub max_instance_reuse_count: usize,

    /// Requests that one instance of a WASI 0.3 component serves at once
    #[arg(long, default_value_t = InstanceReuse::default().max_concurrent)]
    pub max_instance_concurrent_reuse_count: usize,

    /// Time for a component to answer: 30, 30s, 500ms [default: no limit]
    #[arg(long, value_parser = duration)]
    pub request_timeout: Option<Duration>,

    /// Time that an idle instance is kept
    #[arg(long, default_value = "1s", value_parser = duration)]
    pub idle_instance_timeout: Duration,

    /// Memory of one instance, in bytes
    #[arg(long, env = "SPIN_MAX_INSTANCE_MEMORY")]
    pub max_instance_memory: Option<usize>,

    /// Largest request body, in bytes
    #[arg(long, default_value_t = Limits::default().body_bytes)]
    pub max_body_size: u64,

    /// All headers of a request together, in bytes
    #[arg(long, default_value_t = Limits::default().header_bytes)]
    pub max_header_size: usize,

    /// Time for a client to send its headers
    #[arg(long, default_value = "15s", value_parser = duration)]
    pub header_read_timeout: Duration,

    /// Longest pause within a request's body
    #[arg(long, default_value = "30s", value_parser = duration)]
    pub body_idle_timeout: Duration,

    /// Requests that run at once
    #[arg(long, default_value_t = Limits::default().concurrent_requests)]
    pub max_concurrent_requests: usize,

    /// Time that a stop waits for requests in flight
    #[arg(long, default_value = "30s", value_parser = duration)]
    pub stop_grace: Duration,

    /// How log lines look
    #[arg(long, value_enum, default_value_t = LogFormat::Auto)]
    pub log_format: LogFormat,

    /// Accepted for Spin's sake: folders are always read where they lie
    #[arg(long, hide = true)]
    pub direct_mounts: bool,

    /// Leave out what components print
    #[arg(short = 'q', long)]
    pub quiet: bool,
}

impl Arguments {
    /// The arguments of this process; a leading `up` is accepted, so that `spin up` can be replaced word by word.
    pub fn of_process() -> Self {
        let mut arguments: Vec<_> = std::env::args_os().collect();
        if arguments.get(1).is_some_and(|first| first == "up") {
            arguments.remove(1);
        }
        Self::parse_from(arguments)
    }

    /// Starts the host that they ask for.
    pub async fn start(&self) -> Result<Running> {
        let listen = if self.find_free_port { free_port(self.listen)? } else { self.listen };
        self.builder()?.listen(listen).start().await
    }

    fn builder(&self) -> Result<Builder> {
        let mut builder = Host::builder(&self.from)
            .variable_arguments(self.variable.clone())
            .limits(self.limits())
            .instance_reuse(self.reuse())
            .log_to_stdout(self.log_format, self.quiet)?;
        for (name, value) in &self.env {
            builder = builder.env(name, value);
        }
        if let Some(path) = &self.runtime_config_file {
            builder = builder.runtime_config(path);
        }
        if let Some(path) = &self.cache_dir {
            builder = builder.cache_dir(path);
        }
        Ok(match self.state_dir.as_deref() {
            None => builder,
            Some("") => builder.state_in_memory(),
            Some(path) => builder.state_dir(path),
        })
    }

    fn limits(&self) -> Limits {
        let default = Limits::default();
        Limits {
            header_bytes: self.max_header_size,
            body_bytes: self.max_body_size,
            header_read_time: self.header_read_timeout,
            body_idle_time: self.body_idle_timeout,
            memory_bytes: self.max_instance_memory.unwrap_or(default.memory_bytes),
            concurrent_requests: self.max_concurrent_requests,
            stop_grace: self.stop_grace,
        }
    }

    fn reuse(&self) -> InstanceReuse {
        InstanceReuse {
            max_count: self.max_instance_reuse_count,
            max_concurrent: self.max_instance_concurrent_reuse_count,
            request_timeout: self.request_timeout,
            idle_timeout: self.idle_instance_timeout,
        }
    }
}

/// `127.0.0.1` is preferred where a name has several addresses.
fn listen_address(text: &str) -> Result<SocketAddr> {
    let addresses: Vec<SocketAddr> = text.to_socket_addrs().with_context(|| format!("\"{text}\""))?.collect();
    let local = addresses.iter().find(|address| address.ip() == Ipv4Addr::LOCALHOST);
    local.or(addresses.first()).copied().with_context(|| format!("\"{text}\" has no address"))
}

/// The first of ten ports from `address` on that nobody listens on.
fn free_port(address: SocketAddr) -> Result<SocketAddr> {
    (address.port()..=address.port().saturating_add(9))
        .map(|port| SocketAddr::new(address.ip(), port))
        .find(|candidate| std::net::TcpListener::bind(candidate).is_ok())
        .with_context(|| format!("no free port among the ten from {address} on"))
}

fn pair(text: &str) -> Result<(String, String)> {
    let (name, value) = text.split_once('=').context("write name=value")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// A whole number with `s`, `ms`, `us` or `ns`; seconds where nothing is said.
fn duration(text: &str) -> Result<Duration> {
    let digits = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number = u64::from_str(number).with_context(|| format!("\"{text}\" is no duration"))?;
    match unit {
        "" | "s" => Ok(Duration::from_secs(number)),
        "ms" => Ok(Duration::from_millis(number)),
        "us" => Ok(Duration::from_micros(number)),
        "ns" => Ok(Duration::from_nanos(number)),
        _ => anyhow::bail!("\"{text}\": the unit is s, ms, us or ns"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_as_spin_reads_them() {
        assert_eq!(duration("5").unwrap(), Duration::from_secs(5));
        assert_eq!(duration("250ms").unwrap(), Duration::from_millis(250));
        assert!(duration("1h").is_err());
        assert!(duration("s").is_err());
    }

    #[test]
    fn the_command_line_of_spin_up() {
        let line =
            ["matrice-host", "-f", "a.toml", "--listen", "localhost:80", "--variable", "a=b", "--quiet"];
        let arguments = Arguments::parse_from(line);
        assert_eq!(arguments.listen.port(), 80);
        assert_eq!(arguments.variable, ["a=b"]);
        assert!(arguments.quiet);
    }
}
