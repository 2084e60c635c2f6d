//! Builds the UI into `ui/dist/`.
//!
//! ```text
//! cargo (wasm) -> split into chunks -> wasm-bindgen -> strip, pack, wasm-opt ┐
//!                                       esbuild: one boot script             ├-> hashed names -> .br, .gz -> ui/dist
//!                                       Tailwind: one style sheet            ┘
//! ```
//!
//! Everything is made beside `ui/dist/` and swapped in at the end, so that a build that fails leaves
//! the last good one alone. The page carries the fingerprint of what it was made from: where that
//! hasn't changed, nothing is done. To add an asset: [`assets`].

mod assets;
mod browser_tests;
mod bundle;
mod compile;
mod compress;
mod fingerprint;
mod node;
mod optimize;
mod pack;
mod page;
mod program;
mod report;
mod split;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

pub use browser_tests::browser_tests;
pub use report::Report;

use assets::Assets;
use node::Node;

/// What the build is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// For people: small, whatever it takes.
    Release,
    /// For the one who is changing it: quick.
    Development,
}

/// Where and how to build.
pub struct Options<'a> {
    /// The repository.
    pub root: &'a Path,
    /// Cargo's target folder; the UI's own is `ui` in it.
    pub target: &'a Path,
    /// What the build is for.
    pub mode: Mode,
    /// Told what is being done, and what other programs print.
    pub progress: &'a (dyn Fn(&str) + Sync),
}

impl Options<'_> {
    fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    fn say(&self, what: &str) {
        (self.progress)(what);
    }
}

/// Brings `ui/dist/` up to date and says what is in it.
///
/// Fails, naming what is missing, where a tool is; and where the first page outgrows its budget.
pub fn build(options: &Options) -> Result<Report> {
    let dist = options.ui().join("dist");
    let fingerprint = fingerprint::of_inputs(options)?;
    if page::fingerprint(&dist).as_deref() == Some(&*fingerprint) {
        return Report::of(&dist, true);
    }
    let staging = options.ui().join("dist.staging");
    remove_folder(&staging)?;
    fill(options, &staging, &fingerprint)?;
    options.say("compressing");
    compress::folder(&staging, options.mode)?;
    let report = Report::of(&staging, false)?;
    if options.mode == Mode::Release {
        report.check_budget()?;
    }
    swap(&staging, &dist)?;
    Ok(report)
}

fn fill(options: &Options, staging: &Path, fingerprint: &str) -> Result<()> {
    let node = Node::prepare(options)?;
    // This checkout's, wherever Cargo's target folder is: two that share one may build at the same time.
    let work = options.root.join("target/ui-bundle");
    remove_folder(&work)?;
    fs::create_dir_all(&work).with_context(|| format!("creating {}", work.display()))?;

    let wasm = compile::compile(options)?;
    options.say("splitting into chunks");
    let mut modules = split::split(&wasm, &work)?;
    options.say("optimising the chunks");
    optimize::strip(&modules)?;
    let pack = pack::pack(&mut modules)?;
    optimize::optimize(options, &node, &modules)?;

    let mut assets = Assets::create(staging)?;
    options.say("bundling the script");
    let app = bundle::bundle(options, &node, &modules, &pack, &mut assets)?;
    options.say("making the style sheet");
    let look = assets.add_look(options, &node, &work)?;
    page::write(options, staging, &page::Parts { app: &app, look: &look, fingerprint })
}

/// The old folder gives way only once the new one is whole.
fn swap(staging: &Path, dist: &Path) -> Result<()> {
    let previous = dist.with_extension("previous");
    remove_folder(&previous)?;
    if dist.exists() {
        fs::rename(dist, &previous).with_context(|| format!("moving {} away", dist.display()))?;
    }
    fs::rename(staging, dist).with_context(|| format!("moving the new build to {}", dist.display()))?;
    remove_folder(&previous)
}

fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    Ok(())
}
