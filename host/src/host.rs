//! Starting and stopping.

use std::{
    collections::HashMap,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{Arc, OnceLock, Weak},
};

use anyhow::{Context as _, Result};
use tokio::{net::TcpListener, sync::Semaphore, task::JoinSet};
use wasmtime_wasi_http::handler::ProxyHandler;

use crate::{
    application::{Application, ComponentContext},
    clock::Clock,
    engine::{self, CompiledComponent, Source},
    files::{self, Mounts},
    instance::ComponentInstances,
    key_value::Stores,
    limits::{InstanceReuse, Limits},
    logs::{Level, Log, LogFormat, LogSink, Record},
    manifest::{Component, Manifest},
    outbound_hosts::AllowedHosts,
    postgres::Pools,
    routes::Router,
    runtime_config::{RuntimeConfig, StateDir},
    server::Server,
    variables::{Provider, Variables, command_line},
};

/// Where compiled components are kept, within the folder of the state.
const CACHE_FOLDER: &str = "compiled";

/// Folder of the state where nothing says otherwise, beside the manifest, as Spin's.
const STATE_FOLDER: &str = ".spin";

/// Namespace of [`Host::builder`].
pub struct Host;

impl Host {
    /// Settings for the application of `manifest`, a `spin.toml` or the folder that has one.
    pub fn builder(manifest: impl Into<PathBuf>) -> Builder {
        Builder {
            manifest: manifest.into(),
            runtime_config: None,
            variables: HashMap::new(),
            variable_arguments: Vec::new(),
            environment: Vec::new(),
            state_dir: StateDir::Default,
            cache_dir: None,
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            clock: Clock::new(),
            limits: Limits::default(),
            reuse: InstanceReuse::default(),
            log: Log::discard(),
        }
    }
}

/// What a host is started with.
pub struct Builder {
    manifest: PathBuf,
    runtime_config: Option<PathBuf>,
    variables: HashMap<String, String>,
    variable_arguments: Vec<String>,
    environment: Vec<(String, String)>,
    state_dir: StateDir,
    cache_dir: Option<PathBuf>,
    listen: SocketAddr,
    clock: Clock,
    limits: Limits,
    reuse: InstanceReuse,
    log: Log,
}

impl Builder {
    /// The `runtime-config.toml` to use; none by default.
    #[must_use]
    pub fn runtime_config(mut self, path: impl Into<PathBuf>) -> Self {
        self.runtime_config = Some(path.into());
        self
    }

    /// Sets an application variable; it wins over every provider.
    #[must_use]
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// Arguments of `--variable`: `name=value`, `name=@file`, `@file.json`, `@file.toml`.
    #[must_use]
    pub fn variable_arguments(mut self, arguments: Vec<String>) -> Self {
        self.variable_arguments = arguments;
        self
    }

    /// An environment variable for every component.
    #[must_use]
    pub fn env(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// Folder of key-value files and compiled components; `.spin` beside the manifest by default.
    #[must_use]
    pub fn state_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_dir = StateDir::At(path.into());
        self
    }

    /// Keeps key-value pairs in memory only.
    #[must_use]
    pub fn state_in_memory(mut self) -> Self {
        self.state_dir = StateDir::InMemory;
        self
    }

    /// Folder of compiled components, `compiled` in the folder of the state by default. Hosts with states of their own
    /// share one through this.
    #[must_use]
    pub fn cache_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.cache_dir = Some(path.into());
        self
    }

    /// Where to listen; a free port of `127.0.0.1` by default.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// The wall clock of the components.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Limits on requests and instances.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// When instances are reused.
    #[must_use]
    pub fn instance_reuse(mut self, reuse: InstanceReuse) -> Self {
        self.reuse = reuse;
        self
    }

    /// Where records go; nowhere by default.
    #[must_use]
    pub fn log(mut self, log: Log) -> Self {
        self.log = log;
        self
    }

    /// Records to standard output.
    pub fn log_to_stdout(self, format: LogFormat, quiet: bool) -> Result<Self> {
        let sink = LogSink::stdout().context("cannot start the log")?;
        Ok(self.log(Log::new(sink, format, quiet)))
    }

    /// Loads everything and serves. Errors name what is missing or not supported.
    pub async fn start(self) -> Result<Running> {
        let manifest_path =
            if self.manifest.is_dir() { self.manifest.join("spin.toml") } else { self.manifest.clone() };
        let manifest = Manifest::load(&manifest_path)?;
        let mut config = RuntimeConfig::load(
            self.runtime_config.as_deref(),
            manifest.directory(),
            self.state_dir.clone(),
        )?;
        let providers = std::mem::take(&mut config.variable_providers);
        let variables = Arc::new(self.load_variables(&manifest, providers)?);
        let compiled = self.compile(&manifest, &config).await?;
        let application = self.application(&manifest, &config, &variables, &compiled)?;

        let listener = TcpListener::bind(self.listen)
            .await
            .with_context(|| format!("cannot listen on {}", self.listen))?;
        let address = listener.local_addr()?;
        application.set_address(address)?;
        Ok(Running {
            address,
            clock: self.clock,
            log: self.log,
            server: Server::start(application.clone(), listener),
            application,
        })
    }

    fn load_variables(&self, manifest: &Manifest, configured: Vec<Provider>) -> Result<Variables> {
        let mut providers =
            vec![Provider::Static(self.variables.clone()), command_line(&self.variable_arguments)?];
        providers.extend(configured);
        let variables = Variables::new(manifest, providers)?;
        variables.ensure_required()?;
        Ok(variables)
    }

    /// Loads all components at once, off the async threads.
    async fn compile(
        &self,
        manifest: &Manifest,
        config: &RuntimeConfig,
    ) -> Result<HashMap<String, Arc<CompiledComponent>>> {
        let state = config.state_dir.clone().unwrap_or_else(|| manifest.directory().join(STATE_FOLDER));
        let cache = self.cache_dir.clone().unwrap_or_else(|| state.join(CACHE_FOLDER));
        let mut loading = JoinSet::new();
        for (id, component) in &manifest.components {
            let (id, path, cache) = (id.clone(), component.source.clone(), cache.clone());
            loading.spawn_blocking(move || {
                let compiled = engine::load(&Source { id: &id, path: &path, cache: &cache })?;
                anyhow::Ok((id, compiled))
            });
        }
        let mut compiled = HashMap::new();
        while let Some(loaded) = loading.join_next().await {
            let (id, component) = loaded??;
            compiled.insert(id, component);
        }
        Ok(compiled)
    }

    fn application(
        &self,
        manifest: &Manifest,
        config: &RuntimeConfig,
        variables: &Arc<Variables>,
        compiled: &HashMap<String, Arc<CompiledComponent>>,
    ) -> Result<Arc<Application>> {
        let (router, duplicates) = Router::build(manifest)?;
        for duplicate in duplicates {
            let message = format!(
                "route {} of component {} is never used: component {} has it too",
                duplicate.route, duplicate.replaced, duplicate.effective
            );
            self.log.record(&Record::new(Level::Warn, message));
        }
        let stores = Arc::new(Stores::new(config));
        let mut parts = HashMap::new();
        for (id, component) in &manifest.components {
            stores.ensure_known(id, &component.key_value_stores)?;
            parts.insert(id.as_str(), Part::load(manifest, id, component, variables)?);
        }
        Ok(Arc::new_cyclic(|application| {
            let handlers = parts.into_iter().filter_map(|(id, part)| {
                let context = self.context(id, part, compiled.get(id)?.clone(), &stores, config, application);
                Some((context.id.clone(), ProxyHandler::new(ComponentInstances(Arc::new(context)))))
            });
            Application {
                name: manifest.application.name.clone(),
                version: manifest.application.version.clone(),
                router,
                components: handlers.collect(),
                limits: self.limits.clone(),
                log: self.log.clone(),
                permits: Arc::new(Semaphore::new(self.limits.concurrent_requests)),
                origin: OnceLock::new(),
            }
        }))
    }

    fn context(
        &self,
        id: &str,
        part: Part<'_>,
        compiled: Arc<CompiledComponent>,
        stores: &Arc<Stores>,
        config: &RuntimeConfig,
        application: &Weak<Application>,
    ) -> ComponentContext {
        let mut environment = part.component.environment.clone();
        environment.extend(self.environment.iter().cloned());
        ComponentContext {
            id: id.into(),
            reuse: if compiled.reusable {
                self.reuse
            } else {
                InstanceReuse { max_count: 1, max_concurrent: 1, ..self.reuse }
            },
            compiled,
            memory_bytes: config.max_instance_memory.unwrap_or(self.limits.memory_bytes),
            log: self.log.clone(),
            clock: self.clock.clone(),
            environment,
            mounts: part.mounts,
            variables: part.variables,
            allowed_hosts: Arc::new(part.allowed_hosts),
            stores: stores.clone(),
            store_labels: part.component.key_value_stores.clone().into(),
            pools: Arc::new(Pools::default()),
            application: application.clone(),
        }
    }
}

/// What of a component can be wrong, loaded before anything is put together.
struct Part<'a> {
    component: &'a Component,
    variables: Arc<Variables>,
    allowed_hosts: AllowedHosts,
    mounts: Mounts,
}

impl<'a> Part<'a> {
    fn load(
        manifest: &'a Manifest,
        id: &str,
        component: &'a Component,
        variables: &Arc<Variables>,
    ) -> Result<Self> {
        let ids = manifest.components.keys().map(String::as_str);
        let allowed_hosts = AllowedHosts::parse(id, &component.allowed_outbound_hosts, variables, ids)?;
        let mounts =
            files::mounts(component, manifest.directory()).with_context(|| format!("component \"{id}\""))?;
        Ok(Self { component, variables: variables.clone(), allowed_hosts, mounts })
    }
}

/// A host that serves. Dropping it stops accepting at once, without waiting.
pub struct Running {
    address: SocketAddr,
    clock: Clock,
    log: Log,
    application: Arc<Application>,
    server: Server,
}

impl Running {
    /// The address that it listens on.
    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    /// `http://<address>`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The wall clock of its components.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Every public route with the component that answers.
    pub fn routes(&self) -> Vec<(String, String)> {
        self.application.router.iter().map(|(route, id)| (route.to_owned(), id.to_owned())).collect()
    }

    /// Stops accepting, lets the requests in flight finish within the grace of [`Limits`], and returns.
    pub async fn stop(self) {
        self.server.stop().await;
        self.log.flush();
    }
}
