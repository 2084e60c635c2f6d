//! The UI's own tests, in a headless Chromium.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::program::run;
use crate::cargo;

/// Must be the version of `wasm-bindgen` in `Cargo.lock`: both sides of the bindings come from it.
const WASM_BINDGEN: &str = "0.2.130";

/// The tests' command, ready to run: installs the runner into `<target>/tools` where it is missing.
///
/// `chromedriver` is the driver of the Chromium to be used. The output is cargo's own, one
/// `test result:` line a test binary.
pub fn browser_tests(
    root: &Path,
    target: &Path,
    chromedriver: &Path,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<Command> {
    if !chromedriver.is_file() {
        bail!(
            "{} is missing: install ChromeDriver of the same version as Chromium \
             (Debian: apt-get install chromium chromium-driver)",
            chromedriver.display()
        );
    }
    let runner = install_runner(target, progress)?;
    let mut cargo = cargo::command();
    cargo
        .args(["test", "--package", "ui-app", "--target", "wasm32-unknown-unknown", "--test", "browser"])
        .current_dir(root)
        .env("CHROMEDRIVER", chromedriver)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    Ok(cargo)
}

fn install_runner(target: &Path, progress: &(dyn Fn(&str) + Sync)) -> Result<PathBuf> {
    let tools = target.join("tools");
    let runner = tools.join("bin").join(format!("wasm-bindgen-test-runner{}", std::env::consts::EXE_SUFFIX));
    let version = Command::new(&runner).arg("--version").output();
    let current = version.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(WASM_BINDGEN));
    if !current {
        progress("installing wasm-bindgen-test-runner");
        let mut cargo = cargo::command();
        cargo.args(["install", "wasm-bindgen-cli", "--version", WASM_BINDGEN, "--root"]).arg(&tools);
        cargo.arg("--target-dir").arg(target.join("tools-build"));
        run(&mut cargo, "install Rust from https://rustup.rs", progress)
            .context("installing wasm-bindgen-test-runner")?;
    }
    Ok(runner)
}
