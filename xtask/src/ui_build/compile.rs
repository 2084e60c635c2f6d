//! Step 1: the UI's crates to one `.wasm`.

use std::path::PathBuf;

use anyhow::Result;

use super::program::run;
use super::{Mode, Options};
use crate::cargo;

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
    let mut cargo = cargo::command();
    cargo
        .args(["build", "--lib", "--package", "ui-shell", "--target", "wasm32-unknown-unknown"])
        .args(["--profile", profile, "--target-dir"])
        .arg(&target)
        .current_dir(options.root)
        .env("CARGO_ENCODED_RUSTFLAGS", flags);
    options.say("compiling the UI");
    run(&mut cargo, "install Rust from https://rustup.rs", options.progress)?;
    Ok(target.join("wasm32-unknown-unknown").join(folder).join("ui_shell.wasm"))
}
