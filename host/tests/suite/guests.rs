//! The guests' `.wasm` files.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::LazyLock,
};

use serde_json::Value;

const PACKAGES: [&str; 3] = ["guest-probe", "guest-classic", "guest-unsupported"];

/// Built once per process; cargo builds only what is stale, from the workspace's own lock file.
static BUILT: LazyLock<Vec<PathBuf>> = LazyLock::new(build);

/// The `.wasm` file of `tests/guests/<name>`.
pub fn wasm(name: &str) -> &'static Path {
    let file = format!("guest_{name}.wasm");
    BUILT.iter().find(|path| path.ends_with(&file)).unwrap_or_else(|| panic!("cargo built no {file}"))
}

fn build() -> Vec<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["build", "--release", "--locked", "--target", "wasm32-wasip2", "--message-format", "json"])
        .stderr(Stdio::inherit());
    for package in PACKAGES {
        command.args(["--package", package]);
    }
    let output = command.output().expect("cargo can be run");
    assert!(output.status.success(), "the guests do not build: cargo's own words are above");
    let messages = String::from_utf8(output.stdout).expect("cargo writes UTF-8");
    messages
        .lines()
        .flat_map(artifacts)
        .filter(|path| path.extension().is_some_and(|kind| kind == "wasm"))
        .collect()
}

/// The files that one line of cargo's JSON messages tells of.
fn artifacts(line: &str) -> Vec<PathBuf> {
    let message: Value = serde_json::from_str(line).expect("cargo writes JSON");
    let files = message["filenames"].as_array().cloned().unwrap_or_default();
    files.iter().filter_map(Value::as_str).map(PathBuf::from).collect()
}
