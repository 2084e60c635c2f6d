//! `cargo xtask test`: stages from the quickest to the slowest; the first that fails ends the run.
//!
//! What test processes find in their environment:
//! - `DATABASE_URL`: the superuser's, on a private cluster that is made anew for each run;
//! - `MATRICE_TEST_TEMPLATE`: a migrated database to clone, `CREATE DATABASE mine TEMPLATE <it>`;
//! - API tests: `PYTHONPATH`, the Python packages of `tests/peers`;
//! - browser tests: `MATRICE_URL`, where the application serves, `MATRICE_SETUP_URL`, the link that makes its
//!   first administrator, `MATRICE_OPENID_URL` and `MATRICE_GITHUB_URL`, the identity providers that it knows, and
//!   `CHROME_PATH`, the browser, where it is not Playwright's own.

mod browser;
mod cargo;
mod database;
mod deny;
mod e2e;
mod identity_providers;
mod npm;
mod peers;
mod tally;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::ValueEnum;

use crate::build::{self, Part};
use crate::check;
use crate::progress::{Step, print, print_error, readable};
use crate::toolchain;
use crate::workspace::Workspace;
use database::TestDatabase;
use tally::Tally;

/// What to prove.
#[derive(clap::Args)]
pub struct Options {
    /// Only this stage; may be said several times
    #[arg(long, value_enum)]
    only: Vec<Stage>,
    /// Only this package, in the stages that go by package; may be said several times
    #[arg(short, long)]
    package: Vec<String>,
}

/// In the order of running.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// Every Rust file is formatted
    Fmt,
    /// No warning, on the machine and for both kinds of wasm
    Clippy,
    /// The rules of `cargo xtask check`
    Rules,
    /// Licences, advisories, duplicates and sources of dependencies
    Deny,
    /// Tests within the packages
    Unit,
    /// Every SQL statement, prepared as the role that uses it
    Sql,
    /// The API, on the real components
    Api,
    /// The UI's logic, in a browser
    Ui,
    /// The application, in a browser
    E2e,
}

impl Options {
    fn stages(&self) -> Vec<Stage> {
        let by_package = [Stage::Fmt, Stage::Clippy, Stage::Unit];
        let wanted = |stage: &Stage| match (self.only.is_empty(), self.package.is_empty()) {
            (false, _) => self.only.contains(stage),
            (true, false) => by_package.contains(stage),
            (true, true) => true,
        };
        Stage::value_variants().iter().copied().filter(wanted).collect()
    }
}

/// What the stages share.
struct Bench<'a> {
    workspace: &'a Workspace,
    packages: Vec<String>,
    database: Option<TestDatabase>,
    /// The tests and the host.
    tests_built: bool,
    built: Vec<Part>,
}

/// Runs the command. Its last line is the sum, whatever happened.
pub async fn run(workspace: &Workspace, options: Options) -> Result<ExitCode> {
    toolchain::ensure_targets().await?;
    let stages = options.stages();
    let mut bench =
        Bench { workspace, packages: options.package, database: None, tests_built: false, built: Vec::new() };
    let mut total = Tally::default();
    let mut summary = Vec::new();
    for stage in stages {
        let started = Instant::now();
        let tally = bench.run(stage).await.unwrap_or_else(|error| {
            print_error(&error);
            Tally::failure()
        });
        summary.push(line(stage, tally, started.elapsed()));
        total += tally;
        if tally.failed > 0 {
            break;
        }
    }
    // The database stops before the last line is printed.
    drop(bench);
    print("");
    for line in &summary {
        print(line);
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn line(stage: Stage, tally: Tally, time: Duration) -> String {
    let name = format!("{stage:?}").to_lowercase();
    let mark = if tally.failed == 0 { '✔' } else { '✘' };
    format!("{mark} {name:<7}{:>5} passed {:>3} failed  {}", tally.passed, tally.failed, readable(time))
}

impl Bench<'_> {
    async fn run(&mut self, stage: Stage) -> Result<Tally> {
        match stage {
            Stage::Fmt => cargo::fmt(self.workspace, &self.packages).await,
            Stage::Clippy => cargo::clippy(self.workspace, &self.packages).await,
            Stage::Rules => self.rules(),
            Stage::Deny => deny::run_checks(self.workspace).await,
            Stage::Unit => {
                self.build_tests().await?;
                let environment = self.database().await?.environment();
                cargo::unit(self.workspace, &self.packages, &environment).await
            }
            Stage::Sql => {
                self.build_tests().await?;
                let environment = self.database().await?.environment();
                cargo::sql(self.workspace, &environment).await
            }
            Stage::Api => {
                self.build_tests().await?;
                self.build(&[Part::Components, Part::Ui]).await?;
                let python = peers::install(self.workspace).await?;
                let mut environment = self.database().await?.environment();
                environment.push(("PYTHONPATH", python.display().to_string()));
                cargo::api(self.workspace, &environment).await
            }
            Stage::Ui => browser::unit(self.workspace).await,
            Stage::E2e => {
                self.build_tests().await?;
                self.build(&[Part::Components, Part::Ui]).await?;
                let workspace = self.workspace;
                e2e::run_tests(workspace, self.database().await?).await
            }
        }
    }

    fn rules(&self) -> Result<Tally> {
        let step = Step::start("Checking the rules");
        let findings = check::findings(self.workspace)?;
        for finding in &findings {
            step.note(&finding.to_string());
        }
        if findings.is_empty() {
            step.done("");
            return Ok(Tally { passed: 1, failed: 0 });
        }
        Ok(Tally::failure())
    }

    /// Started once, when it is first needed.
    async fn database(&mut self) -> Result<&TestDatabase> {
        let database = match self.database.take() {
            Some(database) => database,
            None => TestDatabase::start(self.workspace).await?,
        };
        Ok(self.database.insert(database))
    }

    /// All at once, unless packages were chosen: then each is built by its own test run.
    async fn build_tests(&mut self) -> Result<()> {
        if !self.tests_built && self.packages.is_empty() {
            cargo::build(self.workspace).await?;
            self.tests_built = true;
        }
        Ok(())
    }

    /// Builds what this run has not built yet.
    async fn build(&mut self, parts: &[Part]) -> Result<()> {
        for part in parts {
            if !self.built.contains(part) {
                build::parts(self.workspace, &[*part]).await?;
                self.built.push(*part);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_keep_their_order() {
        let only = Options { only: vec![Stage::Unit, Stage::Fmt], package: Vec::new() };
        assert_eq!(only.stages(), [Stage::Fmt, Stage::Unit]);
        let package = Options { only: Vec::new(), package: vec!["store".to_owned()] };
        assert_eq!(package.stages(), [Stage::Fmt, Stage::Clippy, Stage::Unit]);
        let all = Options { only: Vec::new(), package: Vec::new() };
        assert_eq!(all.stages().len(), 9);
    }
}
