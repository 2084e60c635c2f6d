//! Step 1: the UI's crates to one `.wasm`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::program::run;
use super::{Mode, Options};

/// Compiles `ui/shell` and returns the module's path.
///
/// The target folder is its own: other flags would rebuild the world, there and back.
pub fn compile(options: &Options) -> Result<PathBuf> {
    let target = options.target.join("ui");
    let (profile, folder, flags) = match options.mode {
        // The splitter follows relocations.
        Mode::Release => ("ui", "ui", "-Clink-args=--emit-relocs".to_owned()),
        // Erased component types compile in a fraction of the time, and cost 5 % of size.
        Mode::Development => {
            ("dev", "debug", "-Clink-args=--emit-relocs\u{1f}--cfg=erase_components".to_owned())
        }
    };
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["build", "--lib", "--package", "ui-shell", "--target", "wasm32-unknown-unknown"])
        .args(["--profile", profile, "--target-dir"])
        .arg(&target)
        .current_dir(options.root)
        .env("CARGO_ENCODED_RUSTFLAGS", flags);
    // They describe the calling package, and would make build scripts run again.
    for variable in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        cargo.env_remove(variable);
    }
    options.say("compiling the UI");
    run(&mut cargo, "install Rust from https://rustup.rs", options.progress)?;
    Ok(target.join("wasm32-unknown-unknown").join(folder).join("ui_shell.wasm"))
}
