//! What came out, and whether it is small enough.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// The most that the first page may weigh on the wire, in bytes.
const BUDGET: u64 = 250 * 1024;

/// The sizes of a build, in bytes on the wire: brotli where there is one.
pub struct Report {
    /// Nothing had changed, so nothing was done.
    pub unchanged: bool,
    /// The files that every first visit fetches.
    pub first_load: Vec<(String, u64)>,
    /// The files that are fetched when they are needed.
    pub later: Vec<(String, u64)>,
}

impl Report {
    /// Weighs the files of a finished build.
    pub fn of(dist: &Path, unchanged: bool) -> Result<Self> {
        let page = fs::read_to_string(dist.join("index.html")).context("reading index.html")?;
        let mut first_load = vec![("index.html".to_owned(), weight(&dist.join("index.html"))?)];
        let mut later = Vec::new();
        let assets = dist.join("assets");
        for entry in fs::read_dir(&assets).with_context(|| format!("reading {}", assets.display()))? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if matches!(path.extension().and_then(|extension| extension.to_str()), Some("br" | "gz")) {
                continue;
            }
            let list = if page.contains(&name) { &mut first_load } else { &mut later };
            list.push((name, weight(&path)?));
        }
        first_load.sort();
        later.sort();
        Ok(Self { unchanged, first_load, later })
    }

    /// The weight of the first page.
    pub fn first_page(&self) -> u64 {
        self.first_load.iter().map(|(_, bytes)| bytes).sum()
    }

    /// Refuses a first page that is over its budget.
    pub fn check_budget(&self) -> Result<()> {
        if self.first_page() > BUDGET {
            bail!("the first page is over its budget of {}:\n{self}", kib(BUDGET));
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "first page {} of {}", kib(self.first_page()), kib(BUDGET))?;
        for (name, bytes) in &self.first_load {
            writeln!(f, "  {:>10}  {name}", kib(*bytes))?;
        }
        writeln!(f, "fetched when needed")?;
        for (name, bytes) in &self.later {
            writeln!(f, "  {:>10}  {name}", kib(*bytes))?;
        }
        Ok(())
    }
}

fn weight(path: &Path) -> Result<u64> {
    let compressed = format!("{}.br", path.display());
    let metadata = fs::metadata(compressed).or_else(|_| fs::metadata(path));
    Ok(metadata.with_context(|| format!("weighing {}", path.display()))?.len())
}

fn kib(bytes: u64) -> String {
    let tenths = (bytes * 10 + 512) / 1024;
    format!("{}.{} KiB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(bytes: u64) -> Report {
        Report { unchanged: false, first_load: vec![("app.wasm".to_owned(), bytes)], later: Vec::new() }
    }

    #[test]
    fn the_budget_holds() {
        assert!(report(BUDGET).check_budget().is_ok());
        let error = report(BUDGET + 1024).check_budget().unwrap_err().to_string();
        assert!(error.contains("251.0 KiB  app.wasm"), "{error}");
    }
}
