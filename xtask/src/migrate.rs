//! `cargo xtask migrate`: brings a database up to date.

use std::path::Path;

use anyhow::{Context, Result};
use refinery::{Runner, load_sql_migrations};
use tokio_postgres::Client;

use crate::data_dir::DataDir;
use crate::postgres::connect;
use crate::progress::Step;
use crate::up::Database;
use crate::workspace::Workspace;

/// What to bring up to date.
#[derive(clap::Args)]
pub struct Options {
    /// The database, as its owner; without it, the one that `up` keeps for this checkout
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
}

/// Runs the command.
pub async fn run(workspace: &Workspace, options: Options) -> Result<()> {
    if let Some(url) = options.database_url {
        return apply(&mut connect(&url).await?, workspace.root()).await;
    }
    let data = DataDir::open(&workspace.local())?;
    // Opening it is bringing it up to date.
    Database::open(workspace, &data, None).await?;
    Ok(())
}

/// Runs what has not run yet, in order, each in a transaction of its own. Refuses a database whose past is
/// another than the files tell.
pub async fn apply(client: &mut Client, root: &Path) -> Result<()> {
    let step = Step::start("Bringing the database up to date");
    let migrations = load_sql_migrations(root.join("migrations")).context("reading the migrations")?;
    // Two that start at once: the second waits here, and then has nothing left to do.
    let lock = "SELECT pg_advisory_lock(hashtext('matrice migrations'))";
    client.batch_execute(lock).await.context("waiting for other migrations to end")?;
    let report = Runner::new(&migrations)
        .set_abort_divergent(true)
        .set_abort_missing(true)
        .run_async(client)
        .await
        .context("running the migrations")?;
    client.batch_execute("SELECT pg_advisory_unlock(hashtext('matrice migrations'))").await?;

    let applied = report.applied_migrations();
    for migration in applied {
        step.note(&migration.to_string());
    }
    step.done(match applied.len() {
        0 => "nothing to do".to_owned(),
        count => format!("{count} applied"),
    });
    Ok(())
}
