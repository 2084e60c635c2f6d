//! A loaded application: its routes and its components with all that their instances may use.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, OnceLock, Weak},
};

use anyhow::Result;
use http::uri::Authority;
use indexmap::IndexMap;
use tokio::sync::Semaphore;
use wasmtime::component::ResourceTable;
use wasmtime_wasi::{FsPerms, WasiCtx, WasiCtxBuilder, sockets::SocketAddrUse};
use wasmtime_wasi_http::{WasiHttpCtx, handler::ProxyHandler};

use crate::{
    clock::Clock,
    engine::CompiledComponent,
    files::Mounts,
    instance::ComponentInstances,
    key_value::{KeyValueState, Stores},
    limits::{InstanceReuse, Limits, MemoryLimiter},
    logs::{ComponentOutput, Level, Log},
    outbound_hosts::{AllowedHosts, SocketUse},
    outbound_http::OutboundHttp,
    postgres::{Pools, PostgresState},
    redis::RedisState,
    routes::Router,
    state::InstanceState,
    variables::{Variables, VariablesState},
};

/// One application, served by one host.
pub(crate) struct Application {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) router: Router,
    pub(crate) components: HashMap<Arc<str>, ProxyHandler<ComponentInstances>>,
    pub(crate) limits: Limits,
    pub(crate) log: Log,
    /// Requests that may still start.
    pub(crate) permits: Arc<Semaphore>,
    /// Where the host listens, for requests of components to their own application.
    pub(crate) origin: OnceLock<Authority>,
}

impl Application {
    /// Says where the host listens. Called once, before the first request.
    pub(crate) fn set_address(&self, address: SocketAddr) -> Result<()> {
        let authority: Authority = address.to_string().parse()?;
        let _ = self.origin.set(authority);
        Ok(())
    }
}

/// What every instance of one component may use, resolved once at the start of the host.
pub(crate) struct ComponentContext {
    /// The component's id in `spin.toml`.
    pub(crate) id: Arc<str>,
    pub(crate) compiled: Arc<CompiledComponent>,
    pub(crate) reuse: InstanceReuse,
    pub(crate) memory_bytes: usize,
    pub(crate) log: Log,
    pub(crate) clock: Clock,
    pub(crate) environment: IndexMap<String, String>,
    pub(crate) mounts: Mounts,
    pub(crate) variables: Arc<Variables>,
    pub(crate) allowed_hosts: Arc<AllowedHosts>,
    pub(crate) stores: Arc<Stores>,
    pub(crate) store_labels: Arc<[String]>,
    pub(crate) pools: Arc<Pools>,
    /// Weak, since the application holds this component.
    pub(crate) application: Weak<Application>,
}

impl ComponentContext {
    /// Data for a new instance.
    pub(crate) fn instance_state(&self) -> Result<InstanceState> {
        Ok(InstanceState {
            variables: VariablesState::new(self.variables.clone(), self.id.clone()),
            key_value: KeyValueState::new(self.stores.clone(), self.store_labels.clone()),
            postgres: PostgresState::new(self.pools.clone(), self.allowed_hosts.clone()),
            redis: RedisState::new(self.allowed_hosts.clone()),
            table: ResourceTable::new(),
            wasi: self.wasi()?,
            http: WasiHttpCtx::new(),
            outbound_http: OutboundHttp {
                component: self.id.clone(),
                allowed_hosts: self.allowed_hosts.clone(),
                application: self.application.clone(),
            },
            limiter: MemoryLimiter::new(self.memory_bytes),
        })
    }

    fn wasi(&self) -> Result<WasiCtx> {
        let output = |level| ComponentOutput::new(self.log.clone(), self.id.clone(), level);
        let mut wasi = WasiCtxBuilder::new();
        wasi.stdout(output(Level::Info)).stderr(output(Level::Warn)).wall_clock(self.clock.clone());
        for (name, value) in &self.environment {
            wasi.env(name, value);
        }
        for mount in &self.mounts.folders {
            wasi.preopened_dir(&mount.host, &mount.guest, FsPerms::ReadOnly)?;
        }
        // Name lookup stays off, as in Spin: sockets connect to addresses.
        wasi.allow_tcp(true).allow_udp(true);
        let allowed_hosts = self.allowed_hosts.clone();
        wasi.socket_addr_check(move |address, used| {
            let allowed = allows_socket(&allowed_hosts, address, used);
            Box::pin(async move { allowed })
        });
        Ok(wasi.build())
    }
}

/// Sockets reach out to allowed hosts and never listen. Reaching out binds to whatever address the system chooses.
fn allows_socket(hosts: &AllowedHosts, address: SocketAddr, used: SocketAddrUse) -> bool {
    match used {
        SocketAddrUse::TcpBind | SocketAddrUse::UdpBind => {
            address.ip().is_unspecified() && address.port() == 0
        }
        SocketAddrUse::TcpListen | SocketAddrUse::TcpAccept => false,
        SocketAddrUse::TcpConnect => hosts.allows_socket(address, SocketUse::TcpConnect),
        SocketAddrUse::UdpSend | SocketAddrUse::UdpReceive => hosts.allows_socket(address, SocketUse::Udp),
    }
}
