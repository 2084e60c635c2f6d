//! Step 4: one script that boots the application and loads its chunks.

use std::fs;

use anyhow::{Context, Result, bail};

use super::Options;
use super::assets::Assets;
use super::node::Node;
use super::split::{MAIN, Modules};

/// What the page starts the application with.
pub struct App {
    /// The script's name.
    pub script: String,
    /// The main module's name.
    pub wasm: String,
}

/// Gives every module its name, and bundles `boot/main.js`, `app.js` and `split.js`, which import each
/// other, into one file: a request less, and no circle of hashes.
pub fn bundle(options: &Options, node: &Node, modules: &Modules, assets: &mut Assets) -> Result<App> {
    let main = modules.folder.join("main.js");
    fs::copy(options.ui().join("boot/main.js"), &main).context("reading ui/boot/main.js")?;
    let bundled = modules.folder.join("bundled.js");
    let mut esbuild = node.command("esbuild/bin/esbuild");
    esbuild.arg(&main).arg(format!("--outfile={}", bundled.display()));
    esbuild.args(["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=error"]);
    node.run(&mut esbuild, options)?;
    let mut script = fs::read_to_string(&bundled).context("reading the bundled script")?;

    for chunk in &modules.chunks {
        let name = chunk.file_name().and_then(|name| name.to_str()).context("a chunk's name is not text")?;
        // A shared chunk that came out empty is never loaded, and never named.
        if script.contains(name) {
            let hashed = assets.add(name, &fs::read(chunk)?)?;
            script = script.replace(name, &hashed);
        }
    }
    let wasm = assets.add("app.wasm", &fs::read(&modules.main)?)?;
    if !script.contains(MAIN) {
        bail!("the bindings no longer name {MAIN}, so it could not be given its final name");
    }
    script = script.replace(MAIN, &wasm);
    Ok(App { script: assets.add("app.js", script.as_bytes())?, wasm })
}
