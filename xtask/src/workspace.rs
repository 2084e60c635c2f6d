//! The repository: its folders, and its packages by the target that they are made for.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cargo_metadata::{Metadata, MetadataCommand, Package};
use tokio::process::Command;

use crate::cargo;

/// The target of the components.
pub const COMPONENT_TARGET: &str = "wasm32-wasip2";
/// The target of the UI.
pub const UI_TARGET: &str = "wasm32-unknown-unknown";
/// The UI's library, whose plain logic is tested on the machine.
pub const UI_LIBRARY: &str = "ui-app";
/// This program.
pub const OWN_PACKAGE: &str = "xtask";

/// The repository that this program belongs to.
pub struct Workspace {
    metadata: Metadata,
}

/// Where a package runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// On the machine: libraries' tests, the host, this program.
    Native,
    /// In a component's sandbox.
    Component,
    /// In the browser.
    Browser,
}

impl Workspace {
    /// Asks cargo.
    pub fn load() -> Result<Self> {
        // As Cargo says now: clones that share a target directory may share this program, built in another of them.
        let package = std::env::var("CARGO_MANIFEST_DIR");
        let package = package.as_deref().unwrap_or(env!("CARGO_MANIFEST_DIR"));
        let manifest = Path::new(package).join("../Cargo.toml");
        let metadata = MetadataCommand::new()
            .manifest_path(manifest)
            .no_deps()
            .exec()
            .context("asking cargo for the workspace's packages")?;
        Ok(Self { metadata })
    }

    /// The repository's folder.
    pub fn root(&self) -> &Path {
        self.metadata.workspace_root.as_std_path()
    }

    /// Cargo's target folder, here or where `CARGO_TARGET_DIR` says.
    pub fn target(&self) -> &Path {
        self.metadata.target_directory.as_std_path()
    }

    /// What is made or kept for this checkout only.
    pub fn local(&self) -> PathBuf {
        self.root().join(".matrice")
    }

    /// The members, in cargo's order.
    pub fn packages(&self) -> &[Package] {
        &self.metadata.packages
    }

    /// A member's folder, from the root, with `/`.
    pub fn folder(&self, package: &Package) -> String {
        let folder = package.manifest_path.parent().unwrap_or(&package.manifest_path);
        let relative = folder.strip_prefix(&self.metadata.workspace_root).unwrap_or(folder);
        relative.as_str().replace('\\', "/")
    }

    /// What a member is made for.
    pub fn platform(&self, package: &Package) -> Platform {
        let folder = self.folder(package);
        if folder.starts_with("components/") || folder.starts_with("host/tests/guests/") {
            Platform::Component
        } else if folder == "ui" || folder.starts_with("ui/") {
            Platform::Browser
        } else {
            Platform::Native
        }
    }

    /// The names of the members made for `platform`.
    pub fn names(&self, platform: Platform) -> Vec<&str> {
        self.packages()
            .iter()
            .filter(|package| self.platform(package) == platform)
            .map(|package| package.name.as_str())
            .collect()
    }

    /// The names of Matrice's own components.
    pub fn components(&self) -> Vec<&str> {
        self.packages()
            .iter()
            .filter(|package| self.folder(package).starts_with("components/"))
            .map(|package| package.name.as_str())
            .collect()
    }

    /// The packages that are built or tested on the machine, but for this program, which is built already.
    pub fn on_the_machine(&self) -> Vec<&str> {
        let mut names = self.names(Platform::Native);
        names.retain(|&name| name != OWN_PACKAGE);
        names.extend(self.components());
        names.push(UI_LIBRARY);
        names
    }

    /// Cargo, for all of these. It resolves features for the packages that a call names, so every call names the same
    /// ones: otherwise each would compile a Wasmtime of its own.
    pub fn cargo_on_the_machine(&self, subcommand: &str) -> Command {
        let mut cargo = self.cargo(subcommand);
        for name in self.on_the_machine() {
            cargo.args(["--package", name]);
        }
        cargo
    }

    /// Cargo, in the repository.
    pub fn cargo(&self, subcommand: &str) -> Command {
        let mut command = Command::from(cargo::command());
        command.arg(subcommand).current_dir(self.root());
        command
    }
}
