//! The database of a test run: a cluster that forgets everything, and a migrated database to clone.

use anyhow::{Context, Result};
use tokio_postgres::Client;

use crate::data_dir::DataDir;
use crate::migrate;
use crate::postgres::{Cluster, Durability, Place, Role, component_roles, connect, open_roles};
use crate::secrets::random_password;
use crate::workspace::Workspace;

const TEMPLATE: &str = "matrice_template";
/// Every test has a host with pools of its own.
const MAX_CONNECTIONS: u32 = 500;

/// A server for tests; stopped when dropped.
pub struct TestDatabase {
    cluster: Cluster,
    roles: Vec<Role>,
    _data: DataDir,
}

impl TestDatabase {
    /// Makes the cluster and the template.
    pub async fn start(workspace: &Workspace) -> Result<Self> {
        let data = DataDir::open(&workspace.local().join("test"))?;
        let cluster = Cluster::start(Place {
            folder: data.postgres(),
            npm: workspace.local().join("npm"),
            password: &random_password()?,
            max_connections: MAX_CONNECTIONS,
            durability: Durability::Disposable,
        })
        .await?;
        let mut client = cluster.open_database(TEMPLATE).await?;
        migrate::apply(&mut client, workspace.root()).await?;
        // A template that somebody is connected to can't be cloned.
        drop(client);
        let server = connect(&cluster.superuser_url("postgres")).await?;
        server
            .batch_execute(&format!("ALTER DATABASE {TEMPLATE} IS_TEMPLATE true ALLOW_CONNECTIONS false"))
            .await?;
        let roles = component_roles(&workspace.root().join("spin.toml"))?;
        Ok(Self { cluster, roles, _data: data })
    }

    /// What test processes are told.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("DATABASE_URL", self.cluster.superuser_url("postgres")),
            ("MATRICE_TEST_TEMPLATE", TEMPLATE.to_owned()),
        ]
    }

    /// A new database, and the application's variables that lead to it.
    pub async fn clone_template(&self, name: &str) -> Result<(Client, Vec<(String, String)>)> {
        let server = connect(&self.cluster.superuser_url("postgres")).await?;
        server
            .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
            .await
            .with_context(|| format!("creating the database {name}"))?;
        let client = connect(&self.cluster.superuser_url(name)).await?;
        // The API's tests set passwords of their own: roles are the server's, not a database's.
        let password = random_password()?;
        open_roles(&client, &self.roles, |_| password.clone()).await?;
        let mut variables = vec![("database_host".to_owned(), self.cluster.address())];
        variables.extend(self.roles.iter().map(|role| {
            let url = self.cluster.url(&role.name, &password, name);
            (role.variable.clone(), url)
        }));
        Ok((client, variables))
    }
}
