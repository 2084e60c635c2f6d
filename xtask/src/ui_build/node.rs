//! The tools from npm, as `ui/package-lock.json` names them.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::Options;
use super::program::run;

const HOW_TO_GET: &str =
    "install Node.js 20 or newer, with npm, from https://nodejs.org or your system's packages";

/// Node.js, and the folder of the packages.
pub struct Node {
    packages: PathBuf,
}

impl Node {
    /// Installs the packages where the lock file has changed since.
    pub fn prepare(options: &Options) -> Result<Self> {
        let ui = options.ui();
        let packages = ui.join("node_modules");
        let lock = fs::read(ui.join("package-lock.json")).context("reading ui/package-lock.json")?;
        let installed = packages.join(".installed-lock.json");
        if fs::read(&installed).ok().as_ref() != Some(&lock) {
            options.say("installing the npm packages");
            let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
            // No package here needs its install script, so none runs.
            npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&ui);
            run(&mut npm, HOW_TO_GET, options.progress)?;
            fs::write(&installed, &lock).context("noting which packages are installed")?;
        }
        Ok(Self { packages })
    }

    /// A file of a package.
    pub fn file(&self, path: &str) -> PathBuf {
        self.packages.join(path)
    }

    /// A package's program, run by Node.js itself: the same on every system.
    pub fn command(&self, script: &str) -> Command {
        let mut command = Command::new("node");
        command.arg(self.file(script));
        command
    }

    /// Runs a [`command`](Self::command).
    #[expect(clippy::unused_self, reason = "only prepared packages can be run")]
    pub fn run(&self, command: &mut Command, options: &Options) -> Result<()> {
        run(command, HOW_TO_GET, options.progress)
    }
}
