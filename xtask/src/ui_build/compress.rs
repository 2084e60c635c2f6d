//! Step 7: `.br` and `.gz` beside every file that gets smaller by it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use rayon::prelude::*;

use super::Mode;

const COMPRESSIBLE: [&str; 8] = ["bin", "css", "html", "js", "svg", "txt", "wasm", "webmanifest"];

/// Compresses the files of `folder` and of the folders in it, side by side.
pub fn folder(folder: &Path, mode: Mode) -> Result<()> {
    compressible_files(folder)?.par_iter().try_for_each(|path| file(path, mode))
}

fn compressible_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(compressible_files(&path)?);
        } else if path.extension().and_then(|e| e.to_str()).is_some_and(|e| COMPRESSIBLE.contains(&e)) {
            files.push(path);
        }
    }
    Ok(files)
}

fn file(path: &Path, mode: Mode) -> Result<()> {
    let content = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let (quality, level) = match mode {
        Mode::Release => (11, Compression::best()),
        Mode::Development => (1, Compression::fast()),
    };
    let parameters = BrotliEncoderParams { quality, lgwin: 22, ..BrotliEncoderParams::default() };
    let mut brotli = Vec::new();
    brotli::BrotliCompress(&mut content.as_slice(), &mut brotli, &parameters).context("compressing")?;
    let mut gzip = GzEncoder::new(Vec::new(), level);
    gzip.write_all(&content)?;
    for (suffix, compressed) in [("br", brotli), ("gz", gzip.finish()?)] {
        if compressed.len() < content.len() {
            fs::write(format!("{}.{suffix}", path.display()), compressed)?;
        }
    }
    Ok(())
}
