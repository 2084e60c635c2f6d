//! What a build is made from, in one hash.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::Options;

/// Files and folders of the repository that the result depends on.
const INPUTS: [&str; 7] = [
    "ui",
    "crates/contract",
    "xtask/src/ui_build",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo",
];

/// Folders that are made, not read.
const MADE: [&str; 4] = ["dist", "dist.staging", "dist.previous", "node_modules"];

/// The hash of every input's path and content, and of the mode.
pub fn of_inputs(options: &Options) -> Result<String> {
    let mut files = Vec::new();
    for input in INPUTS {
        collect(&options.root.join(input), &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    hash.update(format!("{:?}", options.mode));
    for file in files {
        let content = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        let name = file.strip_prefix(options.root).unwrap_or(&file);
        hash.update(name.to_string_lossy().replace('\\', "/"));
        hash.update([0]);
        hash.update(content.len().to_le_bytes());
        hash.update(content);
    }
    let hash = hash.finalize().iter().take(16).fold(0_u128, |hash, byte| hash << 8 | u128::from(*byte));
    Ok(format!("{hash:032x}"))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).with_context(|| format!("reading {}", path.display()))? {
        let entry = entry?;
        if !MADE.iter().any(|made| entry.file_name() == *made) {
            collect(&entry.path(), files)?;
        }
    }
    Ok(())
}
