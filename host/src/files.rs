//! A component's `files`: which folders its instances see, read-only.
//!
//! A folder that is mounted whole is read where it lies. Patterns, single files and `exclude_files` choose among files,
//! so what they choose is copied once per start into a folder of its own, as Spin does. A file that is named by itself is
//! never excluded.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use glob::Pattern;
use tempfile::TempDir;

use crate::manifest::{Component, FilesMount};

/// One folder that a component sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// The folder on this machine.
    pub host: PathBuf,
    /// Its absolute path in the guest.
    pub guest: String,
}

/// The mounts of one component and what has to live as long as they do.
#[derive(Debug, Default)]
pub struct Mounts {
    /// What instances see.
    pub folders: Vec<Mount>,
    /// Chosen files, removed with the host.
    _chosen: Option<TempDir>,
}

/// The mounts that `component` asks for; patterns are taken from `app_root`, the manifest's folder.
pub fn mounts(component: &Component, app_root: &Path) -> Result<Mounts> {
    let mut folders = Vec::new();
    let mut chosen = Chosen { app_root, exclude: exclusions(component)?, target: None };
    for mount in &component.files {
        match mount {
            FilesMount::Placement { source, destination } if source.is_dir() && chosen.exclude.is_empty() => {
                folders.push(Mount { host: source.clone(), guest: destination.clone() });
            }
            FilesMount::Placement { source, destination } => chosen.place(source, destination)?,
            FilesMount::Pattern(pattern) => chosen.pattern(pattern)?,
        }
    }
    if let Some(target) = &chosen.target {
        folders.push(Mount { host: target.path().to_owned(), guest: "/".into() });
    }
    Ok(Mounts { folders, _chosen: chosen.target })
}

fn exclusions(component: &Component) -> Result<Vec<Pattern>> {
    component
        .exclude_files
        .iter()
        .map(|pattern| Pattern::new(pattern).with_context(|| format!("`exclude_files`: \"{pattern}\"")))
        .collect()
}

/// Files picked one by one, gathered in a folder that stands for the guest's root.
struct Chosen<'a> {
    app_root: &'a Path,
    exclude: Vec<Pattern>,
    target: Option<TempDir>,
}

impl Chosen<'_> {
    fn target(&mut self) -> Result<&Path> {
        if self.target.is_none() {
            self.target = Some(tempfile::tempdir().context("cannot make a folder for `files`")?);
        }
        self.target.as_ref().map(TempDir::path).context("no folder for `files`")
    }

    /// `{ source, destination }` where the source is a file, or a folder that something is excluded from.
    fn place(&mut self, source: &Path, destination: &str) -> Result<()> {
        let guest = Path::new(destination.trim_start_matches('/'));
        if source.is_file() {
            return self.copy(source, guest);
        }
        if !source.is_dir() {
            bail!("`files`: {} does not exist", source.display());
        }
        for file in self.matches(&source.join("**/*"))? {
            let relative = file.strip_prefix(source)?;
            self.copy(&file, &guest.join(relative))?;
        }
        Ok(())
    }

    /// A file or glob pattern relative to the manifest's folder.
    fn pattern(&mut self, pattern: &str) -> Result<()> {
        let path = self.app_root.join(pattern);
        let found = if path.is_dir() {
            // Spin repeats the folder's path: `assets/a.txt` becomes `/assets/assets/a.txt`, which nobody means.
            bail!(
                "`files`: \"{pattern}\" is a folder: write \"{pattern}/**/*\", or its source and destination"
            );
        } else if path.exists() {
            vec![path]
        } else if pattern.contains(['*', '?', '[']) {
            self.matches(&path)?
        } else {
            bail!("`files`: \"{pattern}\" does not exist and is no pattern");
        };
        self.target()?;
        for file in found {
            let Ok(relative) = file.strip_prefix(self.app_root) else {
                bail!("`files`: \"{pattern}\" leads out of the application's folder");
            };
            let relative = relative.to_owned();
            self.copy(&file, &relative)?;
        }
        Ok(())
    }

    fn copy(&mut self, source: &Path, guest: &Path) -> Result<()> {
        let target = self.target()?.join(guest);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(source, &target).with_context(|| format!("cannot copy {}", source.display()))?;
        Ok(())
    }

    /// The files of `pattern` that are not excluded.
    fn matches(&self, pattern: &Path) -> Result<Vec<PathBuf>> {
        let pattern = pattern.to_str().context("`files`: a path is not UTF-8")?;
        let paths = glob::glob(pattern).with_context(|| format!("`files`: \"{pattern}\""))?;
        let paths: Vec<PathBuf> = paths.collect::<Result<_, _>>()?;
        Ok(paths.into_iter().filter(|path| path.is_file() && !self.excludes(path)).collect())
    }

    fn excludes(&self, file: &Path) -> bool {
        file.strip_prefix(self.app_root)
            .is_ok_and(|relative| self.exclude.iter().any(|pattern| pattern.matches_path(relative)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app() -> TempDir {
        let app = tempfile::tempdir().unwrap();
        fs::create_dir_all(app.path().join("assets/deep")).unwrap();
        fs::write(app.path().join("assets/a.txt"), "a").unwrap();
        fs::write(app.path().join("assets/deep/b.txt"), "b").unwrap();
        app
    }

    fn component(files: Vec<FilesMount>, exclude: &[&str]) -> Component {
        let exclude_files = exclude.iter().map(|&pattern| pattern.to_owned()).collect();
        Component { files, exclude_files, ..Component::default() }
    }

    #[test]
    fn a_whole_folder_is_read_where_it_lies() {
        let app = app();
        let source = app.path().join("assets");
        let placement = FilesMount::Placement { source: source.clone(), destination: "/static".into() };
        let mounts = mounts(&component(vec![placement], &[]), app.path()).unwrap();
        assert_eq!(mounts.folders, [Mount { host: source, guest: "/static".into() }]);
    }

    #[test]
    fn patterns_keep_relative_paths() {
        let app = app();
        let pattern = FilesMount::Pattern("assets/**/*".into());
        let mounts = mounts(&component(vec![pattern], &["assets/a.txt"]), app.path()).unwrap();
        assert_eq!(mounts.folders[0].guest, "/");
        let root = &mounts.folders[0].host;
        assert_eq!(fs::read_to_string(root.join("assets/deep/b.txt")).unwrap(), "b");
        assert!(!root.join("assets/a.txt").exists());
    }

    #[test]
    fn what_is_no_file_and_no_pattern_is_named() {
        let app = app();
        for (pattern, reason) in [("none.txt", "does not exist"), ("assets", "is a folder")] {
            let files = vec![FilesMount::Pattern(pattern.into())];
            let error = mounts(&component(files, &[]), app.path()).unwrap_err().to_string();
            assert!(error.contains(pattern) && error.contains(reason), "{error}");
        }
    }
}
