//! Step 2: one module per lazily loaded page, and the bindings of the main one.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use wasm_bindgen_cli_support::Bindgen;

/// The modules in a folder, with the scripts `app.js` (bindings) and `split.js` (loads the chunks).
pub struct Modules {
    /// Where they are.
    pub folder: PathBuf,
    /// The one that boots, with its bindings made.
    pub main: PathBuf,
    /// The others.
    pub chunks: Vec<PathBuf>,
}

/// The name of the main module, as `app.js` has it.
pub const MAIN: &str = "app_bg.wasm";

/// Splits `wasm` at its split points, then makes the bindings. The order matters: the splitter needs
/// the relocations that wasm-bindgen drops.
pub fn split(wasm: &Path, folder: &Path) -> Result<Modules> {
    let input = fs::read(wasm).with_context(|| format!("reading {}", wasm.display()))?;
    let unbound = folder.join("unbound.wasm");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &unbound;
    options.main_module = "./app.js";
    options.link_name = "./split.js";
    let split =
        wasm_split_cli_support::transform(options).map_err(|error| anyhow!("splitting: {error:#}"))?;
    let main = bind(&unbound, folder)?;
    Ok(Modules { folder: folder.to_owned(), main, chunks: split.split_modules })
}

fn bind(unbound: &Path, folder: &Path) -> Result<PathBuf> {
    let mut output = Bindgen::new()
        .input_path(unbound)
        .out_name("app")
        .web(true)?
        .typescript(false)
        // The chunks link to the main module's table and memory by these.
        .keep_lld_exports(true)
        .demangle(false)
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .context("making the bindings")?;
    let inline = output.snippets().iter().filter(|(_, scripts)| !scripts.is_empty()).map(|(name, _)| name);
    let snippets = inline.chain(output.local_modules().keys());
    let unexpected: Vec<_> = snippets.chain(output.npm_dependencies().keys()).cloned().collect();
    if !unexpected.is_empty() {
        bail!(
            "a crate brings scripts of its own, which this build doesn't carry: {}; do without the crate",
            unexpected.join(", ")
        );
    }
    let main = folder.join(MAIN);
    fs::write(&main, output.wasm_mut().emit_wasm())?;
    fs::write(folder.join("app.js"), output.js())?;
    Ok(main)
}
