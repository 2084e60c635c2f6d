//! A database per test: a clone of the migrated template, dropped with it.

use std::{env, thread};

use tokio_postgres::{Client, Config, NoTls, config::Host};
use uuid::Uuid;

use crate::roles;

const HOW_TO: &str =
    "run the tests with `cargo xtask test --only api`, which starts PostgreSQL and migrates a template";

/// A clone of the migrated template. Dropping it drops the database, and whoever is connected.
pub struct Database {
    name: String,
    server: Server,
    /// The superuser, on this database.
    client: Client,
}

/// The server that `DATABASE_URL` names.
#[derive(Clone)]
struct Server {
    url: String,
    config: Config,
}

impl Server {
    fn from_environment() -> Self {
        let url = env::var("DATABASE_URL").unwrap_or_else(|_| panic!("DATABASE_URL is not set: {HOW_TO}"));
        let config = url.parse().expect("DATABASE_URL must be a PostgreSQL URL");
        Self { url, config }
    }

    /// `127.0.0.1:5432`
    fn address(&self) -> String {
        let host = self.config.get_hosts().iter().find_map(|host| match host {
            Host::Tcp(name) => Some(name.as_str()),
            #[cfg(unix)]
            Host::Unix(_) => None,
        });
        let host = host.expect("DATABASE_URL must name a host: components reach PostgreSQL by TCP");
        format!("{host}:{}", self.config.get_ports().first().copied().unwrap_or(5432))
    }

    /// Connects to the database that the URL names, or to another one of the server.
    async fn connect(&self, database: Option<&str>) -> Client {
        let mut config = self.config.clone();
        if let Some(name) = database {
            config.dbname(name);
        }
        let (client, connection) =
            config.connect(NoTls).await.expect("PostgreSQL at DATABASE_URL must answer");
        tokio::spawn(connection);
        client
    }
}

impl Database {
    /// Clones the migrated template.
    pub async fn create() -> Self {
        let server = Server::from_environment();
        roles::open(&server.url, || server.connect(None)).await;
        let template = env::var("MATRICE_TEST_TEMPLATE");
        Self::of_template(&template.unwrap_or_else(|_| panic!("MATRICE_TEST_TEMPLATE is not set: {HOW_TO}")))
            .await
    }

    /// Makes a database in which no migration has run.
    pub async fn empty() -> Self {
        Self::of_template("template0").await
    }

    async fn of_template(template: &str) -> Self {
        let server = Server::from_environment();
        let name = format!("test_{}", Uuid::now_v7().simple());
        let maintenance = server.connect(None).await;
        let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
        maintenance
            .batch_execute(&create)
            .await
            .expect("the template must be there, with nobody connected to it");
        let client = server.connect(Some(&name)).await;
        Self { name, server, client }
    }

    /// The superuser's connection, for what the API doesn't show and for states that it doesn't reach.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Another connection of the superuser, to hold locks with.
    pub async fn connect(&self) -> Client {
        self.server.connect(Some(&self.name)).await
    }

    /// A connection as a component has it: `component` is `login`, `users`, `admin` or `worker`.
    pub async fn connect_as(&self, component: &str) -> Client {
        let url = self.url(component);
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await.expect("the role may sign in");
        tokio::spawn(connection);
        client
    }

    /// Closes the database: connections are cut, and new ones refused.
    pub async fn close(&self) {
        let statements = format!(
            "ALTER DATABASE {name} ALLOW_CONNECTIONS false;
             SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
             WHERE datname = '{name}' AND usename LIKE 'matrice\\_%'",
            name = self.name
        );
        self.server
            .connect(None)
            .await
            .batch_execute(&statements)
            .await
            .expect("a superuser may close a database");
    }

    /// Opens it again.
    pub async fn open(&self) {
        let statement = format!("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.name);
        self.server
            .connect(None)
            .await
            .batch_execute(&statement)
            .await
            .expect("a superuser may open a database");
    }

    /// Waits until as many of the application's statements wait for a lock that somebody holds.
    pub async fn wait_for_blocked(&self, count: i64) {
        let sql = "SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while self.client.query_one(sql, &[]).await.expect("the superuser may look").get::<_, i64>(0) < count
        {
            tokio::task::yield_now().await;
        }
    }

    /// `host:port` of the server.
    pub(crate) fn address(&self) -> String {
        self.server.address()
    }

    /// How a component connects.
    pub(crate) fn url(&self, component: &str) -> String {
        let (role, password) = (roles::role(component), roles::password(&self.server.url));
        format!("postgres://{role}:{password}@{}/{}", self.address(), self.name)
    }
}

impl Drop for Database {
    /// On a thread of its own: the test's runtime may be about to end, or be unwinding.
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropping = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                server.connect(None).await.batch_execute(&statement).await?;
                anyhow::Ok(())
            })
        });
        match dropping.join() {
            Ok(Ok(())) => {}
            Ok(Err(error)) => eprintln!("the database {} stays behind: {error}", self.name),
            Err(_) => eprintln!("the database {} stays behind", self.name),
        }
    }
}
