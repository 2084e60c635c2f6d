//! The other sides of protocols that the tests talk to: `tests/peers`, packages from npm and `PyPI`.

use std::path::PathBuf;

use anyhow::{Result, bail};
use tokio::process::Command;

use super::npm;
use crate::process::run_to_success;
use crate::progress::Step;
use crate::workspace::Workspace;

/// Installs those that are from npm, which the browser tests need too.
pub async fn install_npm(workspace: &Workspace) -> Result<()> {
    npm::install(&folder(workspace), "the tests' peers").await
}

pub fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root().join("tests").join("peers")
}

/// Installs them; answers the folder of the Python packages, for `PYTHONPATH`.
pub async fn install(workspace: &Workspace) -> Result<PathBuf> {
    install_npm(workspace).await?;
    let Some(python) = ["python3", "python"].into_iter().find_map(|name| which::which(name).ok()) else {
        bail!("the tests' peers need Python 3.9 or newer with pip: https://www.python.org");
    };
    let packages = workspace.local().join("python");
    let step = Step::start("Installing the Python packages of the tests' peers");
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--upgrade"]);
    pip.arg("--requirement").arg(folder(workspace).join("requirements.txt")).arg("--target").arg(&packages);
    run_to_success(&mut pip, &step).await?;
    step.done("");
    Ok(packages)
}
