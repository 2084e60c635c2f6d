//! Programs that the tests need and a machine may lack.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use tokio::process::Command;

use crate::process::run_to_success;
use crate::progress::Step;

/// Finds `program`, or installs Debian's `package` where that is possible; otherwise says how to get it.
pub async fn ensure(program: &str, package: &str, purpose: &str) -> Result<PathBuf> {
    if let Ok(path) = which::which(program) {
        return Ok(path);
    }
    if !may_install() {
        bail!(
            "{purpose} needs {program}, which is not on the path: install it (Debian, Ubuntu: `apt-get install {package}`)"
        );
    }
    install(package).await?;
    which::which(program)
        .with_context(|| format!("{package} is installed, and {program} is still not on the path"))
}

/// Whether this is root on a system with Debian's packages.
pub fn may_install() -> bool {
    #[cfg(unix)]
    let root = nix::unistd::geteuid().is_root();
    #[cfg(windows)]
    let root = false;
    root && which::which("apt-get").is_ok()
}

/// Installs one of Debian's packages.
pub async fn install(package: &str) -> Result<()> {
    let step = Step::start(format!("Installing Debian's package {package}"));
    run_to_success(Command::new("apt-get").args(["update", "--quiet"]), &step).await?;
    let mut apt = Command::new("apt-get");
    apt.args(["install", "--yes", "--quiet", "--no-install-recommends", package]);
    run_to_success(apt.env("DEBIAN_FRONTEND", "noninteractive"), &step).await?;
    step.done("");
    Ok(())
}
