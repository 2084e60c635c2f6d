//! npm packages of the tests.

use std::path::Path;

use anyhow::{Result, bail};
use tokio::process::Command;

use crate::process::run_to_success;
use crate::progress::Step;

/// Installs exactly what the folder's lock file names; no package here needs its install script, so none runs.
pub async fn install(folder: &Path, of: &str) -> Result<()> {
    let Ok(npm) = which::which("npm") else {
        bail!("{of} need Node.js 20 or newer: https://nodejs.org");
    };
    let step = Step::start(format!("Installing the npm packages of {of}"));
    let mut install = Command::new(npm);
    install.current_dir(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    run_to_success(&mut install, &step).await?;
    step.done("");
    Ok(())
}
