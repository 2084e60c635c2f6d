//! Step 5: one script that boots the application and loads its chunks.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::Options;
use super::assets::Assets;
use super::node::Node;
use super::pack::PACK;
use super::split::{MAIN, Modules};

/// What the page starts the application with.
pub struct App {
    /// The script's name.
    pub script: String,
    /// The main module's name.
    pub wasm: String,
}

/// Gives every module and the pack their names, and bundles `boot/main.js`, `app.js`, `split.js` and `boot/chunks.js`,
/// which import each other, into one file: a request less, and no circle of hashes.
pub fn bundle(
    options: &Options,
    node: &Node,
    modules: &Modules,
    pack: &[u8],
    assets: &mut Assets,
) -> Result<App> {
    let main = copy_boot(options, modules, "main.js")?;
    copy_boot(options, modules, "chunks.js")?;
    fetch_by_chunks_js(&modules.folder.join("split.js"))?;
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
    let pack = assets.add(PACK, pack)?;
    for (name, hashed) in [(MAIN, &wasm), (PACK, &pack)] {
        if !script.contains(name) {
            bail!("the script no longer names {name}, so it could not be given its final name");
        }
        script = script.replace(name, hashed);
    }
    Ok(App { script: assets.add("app.js", script.as_bytes())?, wasm })
}

/// Puts a script of `ui/boot/` beside those that it imports.
fn copy_boot(options: &Options, modules: &Modules, name: &str) -> Result<PathBuf> {
    let copy = modules.folder.join(name);
    fs::copy(options.ui().join("boot").join(name), &copy)
        .with_context(|| format!("reading ui/boot/{name}"))?;
    Ok(copy)
}

/// The splitter's script fetches each chunk as a file of its own: what it calls `fetch` knows the pack.
fn fetch_by_chunks_js(split: &Path) -> Result<()> {
    let script = fs::read_to_string(split).context("reading the splitter's script")?;
    let script = format!("import {{ fetchChunk as fetch }} from \"./chunks.js\";\n{script}");
    fs::write(split, script).context("writing the splitter's script")
}
