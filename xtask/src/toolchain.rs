//! Rust's compilation targets.

use std::path::Path;

use anyhow::{Context, Result, bail};
use tokio::process::Command;

use crate::process::run_to_success;
use crate::progress::Step;
use crate::workspace::{COMPONENT_TARGET, UI_TARGET};

/// Installs the targets that are missing.
pub async fn ensure_targets() -> Result<()> {
    let mut missing = Vec::new();
    for target in [COMPONENT_TARGET, UI_TARGET] {
        if !is_installed(target).await? {
            missing.push(target);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" and ");
    if which::which("rustup").is_err() {
        bail!(
            "Rust's target {names} is missing, and so is rustup, which would install it: \
             get rustup from https://rustup.rs, or the target from where this Rust came from"
        );
    }
    let step = Step::start(format!("Installing Rust's target {names}"));
    run_to_success(Command::new("rustup").args(["target", "add"]).args(&missing), &step).await?;
    step.done("");
    Ok(())
}

/// Looks for the target's standard library, so that a Rust without rustup will do.
async fn is_installed(target: &str) -> Result<bool> {
    let output = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", target])
        .output()
        .await
        .context("asking rustc for its targets")?;
    let folder = String::from_utf8_lossy(&output.stdout);
    Ok(output.status.success() && Path::new(folder.trim()).is_dir())
}
