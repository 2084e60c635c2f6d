//! Where one instance keeps its database, secrets and state.

use std::fs::{File, OpenOptions, TryLockError, create_dir_all};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// A data directory, ours alone until dropped.
pub struct DataDir {
    path: PathBuf,
    /// Released with the file: nothing is left behind by a process that was killed.
    _lock: File,
}

impl DataDir {
    /// Creates the directory where needed and takes it; refuses one that another process has.
    pub fn open(path: &Path) -> Result<Self> {
        create_dir_all(path).with_context(|| format!("creating {}", path.display()))?;
        let path = path.canonicalize().with_context(|| format!("opening {}", path.display()))?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join("lock"))
            .with_context(|| format!("opening {}", path.join("lock").display()))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path, _lock: lock }),
            Err(TryLockError::WouldBlock) => bail!(
                "another `cargo xtask` uses {}: stop it first, or choose another directory with --data-dir",
                path.display()
            ),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("locking {}", path.display()))
            }
        }
    }

    /// The private PostgreSQL cluster.
    pub fn postgres(&self) -> PathBuf {
        self.path.join("postgres")
    }

    /// Passwords and keys.
    pub fn secrets(&self) -> PathBuf {
        self.path.join("secrets.json")
    }

    /// The host's own state: key-value stores, compiled components.
    pub fn state(&self) -> PathBuf {
        self.path.join("state")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("data");
        let first = DataDir::open(&path).unwrap();
        let refusal = DataDir::open(&path).err().unwrap().to_string();
        assert!(refusal.starts_with("another `cargo xtask` uses "), "{refusal}");
        drop(first);
        DataDir::open(&path).unwrap();
    }
}
