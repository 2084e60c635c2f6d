//! One application for one test.

use std::{
    env,
    path::{Path, PathBuf},
    thread,
    time::SystemTime,
};

use chrono::{DateTime, Utc};
use contract::Tick;
use credentials::{EncryptionKey, SigningKey, os_rng};
use host::{
    Clock, Host, Running,
    logs::{Log, LogFormat, LogSink, MemoryLog},
};

use crate::{Client, Database, roles::COMPONENTS, spin::Spin};

/// The application's `public_url`, and so the issuer of its tokens.
pub const PUBLIC_URL: &str = "http://matrice.test";

/// What a timer proves itself with.
pub const TICK_TOKEN: &str = "a-timer-of-the-tests-proves-itself";

/// Nothing listens there: the first port is nobody's.
const NOWHERE: &str = "127.0.0.1:1";

/// The repository's root.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests are a folder of the repository")
}

/// A running application with a database and a signing key of its own; ends with the test.
pub struct App {
    server: Server,
    client: Client,
    key: SigningKey,
    // Last: nobody may be using it when it is dropped.
    database: Database,
}

/// What runs `spin.toml`.
enum Server {
    Embedded { running: Running, log: MemoryLog },
    Spin(Spin),
}

/// Settings for an [`App`] that is not like the others.
#[derive(Default)]
#[must_use = "a builder does nothing until it is started"]
pub struct Builder {
    variables: Vec<(String, String)>,
    retired_keys: Vec<SigningKey>,
    without_database: bool,
    runtime_config: Option<PathBuf>,
}

impl Builder {
    /// Sets an application variable.
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Accepts tokens of that key too, as during a rotation.
    pub fn retired_key(mut self, key: SigningKey) -> Self {
        self.retired_keys.push(key);
        self
    }

    /// Points the components at a port where no database listens.
    pub fn without_database(mut self) -> Self {
        self.without_database = true;
        self
    }

    /// Gives the components a key-value store that doesn't answer.
    pub fn without_key_value(mut self) -> Self {
        self.runtime_config = Some(repository().join("tests/without-key-value.toml"));
        self
    }

    /// Starts it.
    pub async fn start(mut self) -> App {
        let database = Database::create().await;
        let key = SigningKey::generate(&mut os_rng());
        let runtime_config = self.runtime_config.take();
        let variables = self.variables(&database, &key);
        let manifest = repository().join("spin.toml");
        let server = match env::var_os("SPIN_BIN") {
            Some(program) => {
                let runtime_config = runtime_config.as_deref();
                Server::Spin(Spin::start(Path::new(&program), &manifest, &variables, runtime_config).await)
            }
            None => embedded(&manifest, variables, runtime_config).await,
        };
        let client = Client::new(server.url());
        App { server, client, key, database }
    }

    fn variables(self, database: &Database, key: &SigningKey) -> Vec<(String, String)> {
        let keys: Vec<_> =
            [key].into_iter().chain(&self.retired_keys).map(|key| key.public().to_string()).collect();
        let host = if self.without_database { NOWHERE.to_owned() } else { database.address() };
        let mut variables = vec![
            ("public_url".to_owned(), PUBLIC_URL.to_owned()),
            ("jwt_signing_key".to_owned(), key.expose().to_string()),
            ("jwt_public_keys".to_owned(), keys.join(",")),
            ("tick_token".to_owned(), TICK_TOKEN.to_owned()),
            ("encryption_key".to_owned(), EncryptionKey::generate(&mut os_rng()).expose().to_string()),
        ];
        for component in COMPONENTS {
            let url = database.url(component).replace(&database.address(), &host);
            variables.push((format!("{component}_database_url"), url));
        }
        variables.push(("database_host".to_owned(), host));
        variables.extend(self.variables);
        variables
    }
}

async fn embedded(
    manifest: &Path,
    variables: Vec<(String, String)>,
    runtime_config: Option<PathBuf>,
) -> Server {
    let log = MemoryLog::default();
    let builder = Host::builder(manifest).state_in_memory().cache_dir(compilation_cache()).log(Log::new(
        LogSink::Memory(log.clone()),
        LogFormat::Text,
        false,
    ));
    let builder = variables.into_iter().fold(builder, |builder, (name, value)| builder.variable(name, value));
    let builder = runtime_config.into_iter().fold(builder, host::Builder::runtime_config);
    let running = builder.start().await.unwrap_or_else(|error| panic!("the application starts: {error:?}"));
    Server::Embedded { running, log }
}

/// Shared by all tests: components are compiled once, not once a test.
fn compilation_cache() -> PathBuf {
    repository().join("target/test-host-cache")
}

impl Server {
    fn url(&self) -> String {
        match self {
            Self::Embedded { running, .. } => running.url(),
            Self::Spin(spin) => spin.url(),
        }
    }

    fn log(&self) -> String {
        match self {
            Self::Embedded { log, .. } => log.lines().join("\n"),
            Self::Spin(spin) => spin.log(),
        }
    }
}

impl App {
    /// Starts the application of `spin.toml` on a fresh database.
    pub async fn start() -> Self {
        Self::builder().start().await
    }

    /// As [`start`](Self::start), for special cases.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// A client that is not signed in.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Its database.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The key that it signs access tokens with.
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    /// What the host and the components have logged so far.
    pub fn log(&self) -> String {
        self.server.log()
    }

    /// The lines of the log about a request.
    pub async fn log_of(&self, request_id: &str) -> String {
        match &self.server {
            Server::Embedded { .. } => lines_about(&self.log(), request_id),
            Server::Spin(spin) => spin.wait_for_log(|log| lines_about(log, request_id)).await,
        }
    }

    /// Does what is due, as a timer has it done.
    pub async fn tick(&self) -> Tick {
        let tick = self.client().with_token(TICK_TOKEN).post("/api/service/v1/tick").await;
        tick.expect_status(200).json()
    }

    /// The time that the components see.
    pub fn now(&self) -> DateTime<Utc> {
        match &self.server {
            Server::Embedded { running, .. } => running.clock().now().into(),
            Server::Spin(_) => SystemTime::now().into(),
        }
    }

    /// The components' clock. Spin has none that moves: there, a test that needs it ends here.
    pub fn movable_clock(&self) -> Option<&Clock> {
        match &self.server {
            Server::Embedded { running, .. } => Some(running.clock()),
            Server::Spin(_) => {
                let test = thread::current().name().unwrap_or_default().to_owned();
                eprintln!("{test}: needs a clock that moves, which Spin has not");
                None
            }
        }
    }
}

fn lines_about(log: &str, request_id: &str) -> String {
    log.lines().filter(|line| line.contains(request_id)).collect::<Vec<_>>().join("\n")
}

impl Drop for App {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("--- log of the application\n{}\n---", self.log());
        }
    }
}
