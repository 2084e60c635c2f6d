//! The files of `assets/`: named by their content, so that browsers may keep them for a year.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::Options;
use super::node::Node;

/// The folder under construction.
pub struct Assets {
    folder: PathBuf,
}

/// What the page links to for its look.
pub struct Look {
    /// The style sheet's name.
    pub styles: String,
    /// The name of the script that sets the theme before the first paint.
    pub theme: String,
}

impl Assets {
    /// Makes `assets/` in `staging`.
    pub fn create(staging: &Path) -> Result<Self> {
        let folder = staging.join("assets");
        fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
        Ok(Self { folder })
    }

    /// Adds a file and returns its name: `app.js` becomes `app-1f0c4b9e2d.js`.
    pub fn add(&mut self, name: &str, content: &[u8]) -> Result<String> {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let digest = Sha256::digest(content);
        let hash = digest.iter().take(5).fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte));
        let name = format!("{stem}-{hash:010x}.{extension}");
        fs::write(self.folder.join(&name), content).with_context(|| format!("writing {name}"))?;
        Ok(name)
    }

    /// Adds the style sheet and the theme's script.
    pub fn add_look(&mut self, options: &Options, node: &Node, work: &Path) -> Result<Look> {
        let made = work.join("app.css");
        let mut tailwind = node.command("@tailwindcss/cli/dist/index.mjs");
        tailwind.arg("--input").arg(options.ui().join("styles/app.css")).arg("--output").arg(&made);
        tailwind.arg("--minify").current_dir(options.ui());
        node.run(&mut tailwind, options)?;
        let theme = work.join("theme.js");
        let mut esbuild = node.command("esbuild/bin/esbuild");
        esbuild.arg(options.ui().join("boot/theme.js")).arg("--minify").arg("--log-level=warning");
        esbuild.arg(format!("--outfile={}", theme.display()));
        node.run(&mut esbuild, options)?;
        Ok(Look {
            styles: self.add("app.css", &fs::read(&made).context("reading the style sheet")?)?,
            theme: self.add("theme.js", &fs::read(theme)?)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_with_its_content() {
        let folder = tempfile::tempdir().unwrap();
        let mut assets = Assets::create(folder.path()).unwrap();
        let first = assets.add("app.js", b"1").unwrap();
        assert_ne!(first, assets.add("app.js", b"2").unwrap());
        assert_eq!(first, assets.add("app.js", b"1").unwrap());
        assert!(folder.path().join("assets").join(first).exists());
    }
}
