//! Step 3: smaller modules.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rayon::prelude::*;
use wasm_encoder::{Module, RawSection};
use wasmparser::{Parser, Payload};

use super::node::Node;
use super::split::Modules;
use super::{Mode, Options};

/// What the compiler may have used; wasm-opt assumes nothing.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Drops the custom sections: names and relocations are half of a chunk, and of no use to a browser.
pub fn strip(modules: &Modules) -> Result<()> {
    files(modules).into_iter().try_for_each(strip_file)
}

/// For people, optimises every module.
pub fn optimize(options: &Options, node: &Node, modules: &Modules) -> Result<()> {
    if options.mode == Mode::Development {
        return Ok(());
    }
    files(modules).into_par_iter().try_for_each(|file| wasm_opt(options, node, file))
}

fn files(modules: &Modules) -> Vec<&Path> {
    modules.chunks.iter().chain([&modules.main]).map(PathBuf::as_path).collect()
}

fn strip_file(file: &Path) -> Result<()> {
    let input = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(&input) {
        let payload = payload.with_context(|| format!("parsing {}", file.display()))?;
        if matches!(payload, Payload::CustomSection(_)) {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            module.section(&RawSection { id, data: &input[range] });
        }
    }
    fs::write(file, module.finish()).with_context(|| format!("writing {}", file.display()))
}

fn wasm_opt(options: &Options, node: &Node, file: &Path) -> Result<()> {
    let mut command = node.command("binaryen/bin/wasm-opt");
    command.arg("-O1").args(FEATURES).arg(file).arg("-o").arg(file);
    node.run(&mut command, options)
}
