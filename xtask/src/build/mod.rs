//! `cargo xtask build`: the components, the UI, the embedded host.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use tokio::task::spawn_blocking;

use crate::process::run_to_success;
use crate::progress::Step;
use crate::toolchain;
use crate::ui_build;
use crate::workspace::{COMPONENT_TARGET, Workspace};

/// What to build; nothing said is everything.
#[derive(clap::Args)]
pub struct Options {
    /// The UI, into ui/dist
    #[arg(long)]
    ui: bool,
    /// The components of spin.toml
    #[arg(long)]
    components: bool,
    /// The embedded host
    #[arg(long)]
    host: bool,
}

/// Something that is built by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The `.wasm` files that `spin.toml` names.
    Components,
    /// What browsers load.
    Ui,
    /// `matrice-host`.
    Host,
}

/// Runs the command.
pub async fn run(workspace: &Workspace, options: Options) -> Result<()> {
    toolchain::ensure_targets().await?;
    parts(workspace, &options.parts()).await
}

impl Options {
    fn parts(&self) -> Vec<Part> {
        let chosen = [(self.components, Part::Components), (self.ui, Part::Ui), (self.host, Part::Host)];
        let all = chosen.iter().all(|(wanted, _)| !wanted);
        chosen.into_iter().filter(|(wanted, _)| *wanted || all).map(|(_, part)| part).collect()
    }
}

/// Builds each of `parts`.
pub async fn parts(workspace: &Workspace, parts: &[Part]) -> Result<()> {
    for part in parts {
        match part {
            Part::Components => components(workspace).await?,
            Part::Ui => ui(workspace).await?,
            Part::Host => host(workspace).await?,
        }
    }
    Ok(())
}

/// One cargo call for all of them: shared crates are compiled once, and both cores stay busy.
async fn components(workspace: &Workspace) -> Result<()> {
    let step = Step::start("Building the components");
    let mut cargo = workspace.cargo("build");
    cargo.args(["--release", "--target", COMPONENT_TARGET]);
    let names = workspace.components();
    for name in &names {
        cargo.args(["--package", name]);
    }
    run_to_success(&mut cargo, &step).await?;
    let size = place_components(workspace, &names)?;
    step.done(format!("{} components, {} KiB", names.len(), size / 1024));
    Ok(())
}

/// `spin.toml` looks for them in `target/`, wherever cargo was told to put them. Returns their size in bytes.
fn place_components(workspace: &Workspace, names: &[&str]) -> Result<u64> {
    let folder = PathBuf::from(COMPONENT_TARGET).join("release");
    let built = workspace.target().join(&folder);
    let expected = workspace.root().join("target").join(&folder);
    fs::create_dir_all(&expected).with_context(|| format!("creating {}", expected.display()))?;
    let elsewhere = built.canonicalize()? != expected.canonicalize()?;
    let mut size = 0;
    for name in names {
        let file = format!("{}.wasm", name.replace('-', "_"));
        size += fs::metadata(built.join(&file)).with_context(|| format!("looking at {file}"))?.len();
        if elsewhere {
            fs::copy(built.join(&file), expected.join(&file)).with_context(|| format!("copying {file}"))?;
        }
    }
    Ok(size)
}

/// On a thread of its own: the splitting and packing is our own work, not another program's.
async fn ui(workspace: &Workspace) -> Result<()> {
    let step = Arc::new(Step::start("Building the UI"));
    let (root, target) = (workspace.root().to_owned(), workspace.target().to_owned());
    let shown = Arc::clone(&step);
    let report = spawn_blocking(move || {
        let progress = |line: &str| shown.show(line);
        ui_build::build(&ui_build::Options {
            root: &root,
            target: &target,
            mode: ui_build::Mode::Release,
            progress: &progress,
        })
    })
    .await
    .context("building the UI")??;
    if let Some(step) = Arc::into_inner(step) {
        step.done(if report.unchanged { "unchanged".to_owned() } else { report.to_string() });
    }
    Ok(())
}

/// In the development profile: it compiles sooner, and its heavy dependencies are optimised there too.
async fn host(workspace: &Workspace) -> Result<()> {
    let step = Step::start("Building the embedded host");
    run_to_success(workspace.cargo_on_the_machine("build").args(["--bin", "matrice-host"]), &step).await?;
    step.done("");
    Ok(())
}

/// Where the embedded host is, once it is built.
pub fn embedded_host(workspace: &Workspace) -> PathBuf {
    workspace.target().join("debug").join("matrice-host").with_extension(std::env::consts::EXE_EXTENSION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_said_is_everything() {
        let none = Options { ui: false, components: false, host: false };
        assert_eq!(none.parts(), [Part::Components, Part::Ui, Part::Host]);
        let ui = Options { ui: true, components: false, host: false };
        assert_eq!(ui.parts(), [Part::Ui]);
    }
}
