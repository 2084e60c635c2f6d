//! `cargo deny`: licences, advisories, duplicates and sources of dependencies.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use tokio::process::Command;
use tokio::time::timeout;

use super::cargo::check;
use super::tally::Tally;
use crate::process::{run, run_to_success};
use crate::progress::Step;
use crate::workspace::Workspace;

const VERSION: &str = "0.20.2";
/// How long the database of advisories may take to come.
const PATIENCE: Duration = Duration::from_secs(90);

pub async fn run_checks(workspace: &Workspace) -> Result<Tally> {
    let program = ensure(workspace).await?;
    let mut deny = Command::new(&program);
    deny.current_dir(workspace.root()).args([
        "--workspace",
        "--all-features",
        "check",
        "--hide-inclusion-graph",
    ]);
    if fetch_advisories(workspace, &program).await? {
        deny.args(["--disable-fetch", "advisories"]);
    }
    check("Checking dependencies", deny.args(["bans", "licenses", "sources"])).await
}

/// The one on the path, or one of our own beside what cargo builds, where a cache keeps it.
async fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    if let Ok(path) = which::which("cargo-deny") {
        return Ok(path);
    }
    let root = workspace.target().join("tools");
    let program = root.join("bin").join("cargo-deny").with_extension(std::env::consts::EXE_EXTENSION);
    if program.is_file() {
        return Ok(program);
    }
    let step = Step::start("Installing cargo-deny");
    let mut install = workspace.cargo("install");
    // Unoptimised: it is done in a third of the time, and fast enough.
    install.args(["--locked", "--debug", "--version", VERSION, "--root"]).arg(&root).arg("cargo-deny");
    run_to_success(install.env_remove("CARGO_TARGET_DIR"), &step).await?;
    step.done("");
    Ok(program)
}

/// Whether the advisories are here: they come from GitHub, which not every machine reaches.
async fn fetch_advisories(workspace: &Workspace, program: &PathBuf) -> Result<bool> {
    let step = Step::start("Fetching the database of advisories");
    let mut fetch = Command::new(program);
    fetch.current_dir(workspace.root()).args(["fetch", "db"]);
    let fetched = match timeout(PATIENCE, run(&mut fetch, &step)).await {
        Ok(finished) => finished?.status.success(),
        Err(_) => false,
    };
    step.done(if fetched { "" } else { "it can't be had here, so advisories are NOT checked in this run" });
    Ok(fetched)
}
