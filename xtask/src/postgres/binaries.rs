//! Where PostgreSQL's server programs are.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::npm;

/// The oldest release whose SQL the migrations may use.
const OLDEST: u32 = 15;

/// The folder with `initdb`, `pg_ctl` and `postgres`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    folder: PathBuf,
    /// The release, as 17 is of 17.4.
    pub major: u32,
}

impl Binaries {
    /// Finds them on the machine, else gets npm's into `npm_folder`. A cluster that exists can only be
    /// run by the release that made it: `wanted` is that.
    pub async fn find(wanted: Option<u32>, npm_folder: &Path) -> Result<Self> {
        let found: Vec<Self> = candidates().iter().filter_map(|folder| Self::at(folder)).collect();
        if let Some(best) = choose(&found, wanted) {
            return Ok(best.clone());
        }
        let packaged = npm::install(npm_folder).await?;
        match Self::at(&packaged) {
            Some(binaries) if wanted.is_none_or(|wanted| wanted == binaries.major) => Ok(binaries),
            Some(binaries) => bail!(
                "the database was made by PostgreSQL {}, and only {} is here: install that release, \
                 or delete the data directory to begin anew",
                wanted.unwrap_or_default(),
                binaries.major
            ),
            None => bail!("the programs in {} don't run", packaged.display()),
        }
    }

    /// The programs of a folder, if it has all of them and they run.
    fn at(folder: &Path) -> Option<Self> {
        let program = |name: &str| folder.join(name).with_extension(std::env::consts::EXE_EXTENSION);
        if !["initdb", "pg_ctl"].iter().all(|name| program(name).is_file()) {
            return None;
        }
        let output = Command::new(program("postgres")).arg("--version").output().ok()?;
        let major = parse_major(&String::from_utf8_lossy(&output.stdout))?;
        Some(Self { folder: folder.to_owned(), major })
    }

    /// One of the programs.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name).with_extension(std::env::consts::EXE_EXTENSION)
    }
}

/// The release wanted, or the newest that will do.
fn choose(found: &[Binaries], wanted: Option<u32>) -> Option<&Binaries> {
    match wanted {
        Some(wanted) => found.iter().find(|binaries| binaries.major == wanted),
        None => {
            found.iter().filter(|binaries| binaries.major >= OLDEST).max_by_key(|binaries| binaries.major)
        }
    }
}

/// Folders where packages of the usual systems put the server, which is often not on the path.
fn candidates() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = Vec::new();
    folders.extend(which::which("postgres").ok().and_then(|path| Some(path.parent()?.to_owned())));
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        folders.push(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    }
    // Debian and Ubuntu; Red Hat; Homebrew on both processors; Postgres.app; Windows.
    for (parent, prefix, rest) in [
        ("/usr/lib/postgresql", "", "bin"),
        ("/usr", "pgsql-", "bin"),
        ("/opt/homebrew/opt", "postgresql", "bin"),
        ("/usr/local/opt", "postgresql", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
        (r"C:\Program Files\PostgreSQL", "", "bin"),
    ] {
        let Ok(entries) = Path::new(parent).read_dir() else { continue };
        let matching =
            entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix));
        folders.extend(matching.map(|entry| entry.path().join(rest)));
    }
    folders
}

/// Reads `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, `18beta1` too.
fn parse_major(version: &str) -> Option<u32> {
    let number = version.strip_prefix("postgres (PostgreSQL) ")?;
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    number[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_versions() {
        assert_eq!(parse_major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(parse_major("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(parse_major("something else"), None);
    }

    #[test]
    fn prefers_the_cluster_s_release_and_else_the_newest() {
        let release = |major| Binaries { folder: PathBuf::from(format!("/pg/{major}")), major };
        let found = [release(14), release(16), release(17)];
        assert_eq!(choose(&found, Some(16)).unwrap().major, 16);
        assert_eq!(choose(&found, None).unwrap().major, 17);
        assert_eq!(choose(&found, Some(15)), None);
        assert_eq!(choose(&found[..1], None), None);
    }
}
