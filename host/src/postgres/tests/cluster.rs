//! A database on the server that `DATABASE_URL` names.

use tokio_postgres::{Config, NoTls, config::Host};

/// The address of a new, empty database. The server keeps it: a test's server is thrown away as a whole.
pub async fn database() -> String {
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| {
        panic!(
            "DATABASE_URL is not set: these tests want a PostgreSQL server that they may make databases on"
        )
    });
    let config: Config = url.parse().expect("DATABASE_URL must be a PostgreSQL URL");
    let (client, connection) = config.connect(NoTls).await.expect("PostgreSQL at DATABASE_URL must answer");
    tokio::spawn(connection);
    let name = format!("host_{}", uuid::Uuid::now_v7().simple());
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
    let Some(Host::Tcp(host)) = config.get_hosts().first() else { panic!("DATABASE_URL must name a host") };
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let user = config.get_user().unwrap_or("postgres");
    let password = config.get_password().map(|password| format!(":{}", String::from_utf8_lossy(password)));
    format!("postgres://{user}{}@{host}:{port}/{name}?sslmode=disable", password.unwrap_or_default())
}
