//! Generates the bindings of Spin's own interfaces from the WIT that the `spin-sdk` crate ships, so that host and
//! SDK cannot drift apart. The crate's folder comes from `cargo metadata`.

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result};
use cargo_metadata::MetadataCommand;

/// The macro call of `src/bindings.rs`; `{wit}` becomes the absolute path of the SDK's WIT folder.
const TEMPLATE: &str = include_str!("src/bindings.template");

fn main() -> Result<()> {
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("Cargo.toml");
    let metadata = MetadataCommand::new()
        .manifest_path(manifest)
        .other_options(["--filter-platform".to_owned(), "wasm32-wasip2".to_owned()])
        .exec()
        .context("cargo metadata failed")?;
    let sdk = metadata
        .packages
        .iter()
        .find(|package| package.name.as_str() == "spin-sdk")
        .context("no package of this workspace depends on spin-sdk")?;
    let wit = sdk.manifest_path.parent().context("spin-sdk has no folder")?.join("wit");

    let generated = TEMPLATE.replace("{wit}", &wit.as_str().replace('\\', "/"));
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("bindings.rs"), generated)?;
    println!("cargo:rerun-if-changed=src/bindings.template");
    println!("cargo:rerun-if-changed={}", metadata.workspace_root.join("Cargo.lock"));
    Ok(())
}
