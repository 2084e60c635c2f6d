//! The database of an instance: somebody's, by URL, or a private cluster in the data directory.

use anyhow::{Context, Result};
use tokio_postgres::Client;
use url::Url;

use crate::data_dir::DataDir;
use crate::migrate;
use crate::postgres::{Cluster, Durability, Place, Role, component_roles, connect, open_roles};
use crate::secrets::Secrets;
use crate::workspace::Workspace;

/// Spin's pool for one address.
const CONNECTIONS_PER_ROLE: usize = 64;
/// For migrations, and for people who look.
const SPARE_CONNECTIONS: usize = 32;
/// The database's name in the private cluster.
const NAME: &str = "matrice";

/// A database that is up to date, and its server if that is ours: stopped when dropped.
pub struct Database {
    client: Client,
    variables: Vec<(String, String)>,
    _cluster: Option<Cluster>,
}

impl Database {
    /// Opens the database at `url`, or the one kept in `data`.
    pub async fn open(workspace: &Workspace, data: &DataDir, url: Option<String>) -> Result<Self> {
        match url {
            Some(url) => Self::open_theirs(workspace, &url).await,
            None => Self::open_ours(workspace, data).await,
        }
    }

    /// All components share its owner, unless their own URLs are set: roles there are not ours to open.
    async fn open_theirs(workspace: &Workspace, url: &str) -> Result<Self> {
        let mut client = connect(url).await?;
        migrate::apply(&mut client, workspace.root()).await?;
        let address = Url::parse(url).context("DATABASE_URL")?;
        let host = address.host_str().context("DATABASE_URL names no host")?;
        let variables = vec![
            ("database_host".to_owned(), format!("{host}:{}", address.port().unwrap_or(5432))),
            ("database_url".to_owned(), url.to_owned()),
        ];
        Ok(Self { client, variables, _cluster: None })
    }

    async fn open_ours(workspace: &Workspace, data: &DataDir) -> Result<Self> {
        let secrets = Secrets::load_or_create(&data.secrets())?;
        let roles = component_roles(&workspace.root().join("spin.toml"))?;
        let cluster = Cluster::start(Place {
            folder: data.postgres(),
            npm: workspace.local().join("npm"),
            password: &secrets.superuser_password,
            max_connections: u32::try_from(CONNECTIONS_PER_ROLE * roles.len() + SPARE_CONNECTIONS)?,
            durability: Durability::Durable,
        })
        .await?;
        let mut client = cluster.open_database(NAME).await?;
        migrate::apply(&mut client, workspace.root()).await?;
        let password = |role: &Role| secrets.role_password(&role.name);
        open_roles(&client, &roles, password).await?;

        let mut variables = vec![("database_host".to_owned(), cluster.address())];
        variables.extend(roles.iter().map(|role| {
            let url = cluster.url(&role.name, &password(role), NAME);
            (role.variable.clone(), url)
        }));
        Ok(Self { client, variables, _cluster: Some(cluster) })
    }

    /// Its owner's connection.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The application's variables that lead to it.
    pub fn variables(&self) -> &[(String, String)] {
        &self.variables
    }
}
