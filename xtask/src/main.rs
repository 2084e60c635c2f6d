//! `cargo xtask`: the only task runner of Matrice.
//!
//! One module per command ([`up`], [`build`], [`migrate`], [`check`], [`test`]), and beneath them what
//! they share: the [`workspace`]'s folders and packages, other [`process`]es, [`progress`] on the
//! terminal, [`interrupt`]ion, the local [`postgres`]. To add a command: a module with an `Options` and
//! a `run`, and a variant of [`Task`].

mod build;
mod cargo;
mod check;
mod data_dir;
mod interrupt;
mod machine;
mod migrate;
mod postgres;
mod process;
mod progress;
mod secrets;
mod test;
mod toolchain;
mod ui_build;
mod up;
mod workspace;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Runs, tests and builds Matrice")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything, start the database, bring it up to date, and serve
    Up(up::Options),
    /// Prove everything: format, lints, rules, licences, unit, SQL, API, UI and browser tests
    Test(test::Options),
    /// Build the components, the UI and the embedded host, or some of them
    Build(build::Options),
    /// Bring a database up to date
    Migrate(migrate::Options),
    /// Check who depends on whom and the other rules that no compiler knows
    Check,
}

fn main() -> ExitCode {
    let task = Cli::parse().task;
    let result = tokio::runtime::Runtime::new().context("starting the async runtime").and_then(|runtime| {
        let result = runtime.block_on(run(task));
        // What still blocks is work that nobody waits for any more.
        runtime.shutdown_background();
        result
    });
    match result {
        Ok(code) => code,
        Err(error) => {
            progress::print_error(&error);
            ExitCode::FAILURE
        }
    }
}

async fn run(task: Task) -> Result<ExitCode> {
    let workspace = Workspace::load()?;
    match task {
        // Ctrl-C is how it is meant to end: it listens for it itself.
        Task::Up(options) => up::run(&workspace, options).await?,
        Task::Test(options) => return or_interrupted(test::run(&workspace, options)).await,
        Task::Build(options) => or_interrupted(build::run(&workspace, options)).await?,
        Task::Migrate(options) => or_interrupted(migrate::run(&workspace, options)).await?,
        Task::Check => check::run(&workspace)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Drops the work at Ctrl-C, which ends the programs and the database that it has started.
async fn or_interrupted<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::select! {
        result = work => result,
        request = interrupt::requested() => {
            request?;
            bail!("interrupted")
        }
    }
}
