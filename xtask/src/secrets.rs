//! The secrets of a data directory: made once, readable by their owner only.

use std::fs::{OpenOptions, read_to_string, rename};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use credentials::{EncryptionKey, SigningKey, os_rng};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Everything secret that `up` makes up.
#[derive(Clone, Serialize, Deserialize)]
pub struct Secrets {
    /// Password of the private cluster's superuser.
    pub superuser_password: String,
    /// What the passwords of the components' database roles are derived from.
    role_secret: String,
    /// What access tokens are signed with, as the variable `jwt_signing_key` wants it.
    pub signing_key: String,
    /// What second factors are sealed with, as the variable `encryption_key` wants it.
    #[serde(default = "encryption_key")]
    pub encryption_key: String,
    /// What the timer proves itself with, as the variable `tick_token` wants it; empty in what an older version kept.
    #[serde(default)]
    pub tick_token: String,
}

impl Secrets {
    /// Makes new ones.
    pub fn generate() -> Result<Self> {
        Ok(Self {
            superuser_password: random_password()?,
            role_secret: random_password()?,
            signing_key: SigningKey::generate(&mut os_rng()).expose().to_string(),
            encryption_key: encryption_key(),
            tick_token: random_password()?,
        })
    }

    /// Reads the ones that are kept at `path`, or makes and keeps new ones: all, or those that an older version
    /// didn't know.
    pub fn load_or_create(path: &Path) -> Result<Self> {
        let kept = match read_to_string(path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error).with_context(|| format!("reading {}", path.display())),
        };
        let mut secrets: Self = match &kept {
            Some(text) => {
                serde_json::from_str(text).with_context(|| format!("reading {}", path.display()))?
            }
            None => Self::generate()?,
        };
        if secrets.tick_token.is_empty() {
            secrets.tick_token = random_password()?;
        }
        let complete = serde_json::to_string_pretty(&secrets)?;
        if kept.as_ref() != Some(&complete) {
            save(&complete, path).with_context(|| format!("writing {}", path.display()))?;
        }
        Ok(secrets)
    }

    /// The password of a component's database role. Each has its own: a component that was taken over
    /// knows one, and gets no further with it.
    pub fn role_password(&self, role: &str) -> String {
        let digest = Sha256::new().chain_update(&self.role_secret).chain_update(role).finalize();
        BASE64_URL_SAFE_NO_PAD.encode(digest)
    }

    /// The signing key's public half, as the variable `jwt_public_keys` wants it.
    pub fn public_keys(&self) -> Result<String> {
        let key =
            SigningKey::parse(&self.signing_key).map_err(|error| anyhow!("the signing key: {error}"))?;
        Ok(key.public().to_string())
    }
}

/// Whole or not at all: a run that is cut off leaves no half of a file.
fn save(text: &str, path: &Path) -> Result<()> {
    let unfinished = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    rename(&unfinished, path)?;
    Ok(())
}

fn encryption_key() -> String {
    EncryptionKey::generate(&mut os_rng()).expose().to_string()
}

/// 192 random bits that need no quoting in a URL or in SQL.
pub fn random_password() -> Result<String> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("the system gives no randomness: {error}"))?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_once_and_kept() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("secrets.json");
        let made = Secrets::load_or_create(&path).unwrap();
        let read = Secrets::load_or_create(&path).unwrap();
        assert_eq!(made.superuser_password, read.superuser_password);
        assert_eq!(made.signing_key, read.signing_key);
        assert!(!made.public_keys().unwrap().is_empty());
        assert_eq!(made.role_password("matrice_login"), read.role_password("matrice_login"));
        assert_ne!(made.role_password("matrice_login"), made.role_password("matrice_users"));
    }

    #[test]
    fn what_an_older_version_kept_is_completed() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("secrets.json");
        let mut older = serde_json::to_value(Secrets::generate().unwrap()).unwrap();
        older
            .as_object_mut()
            .unwrap()
            .retain(|name, _| !["encryption_key", "tick_token"].contains(&name.as_str()));
        std::fs::write(&path, older.to_string()).unwrap();
        let completed = Secrets::load_or_create(&path).unwrap();
        assert_eq!(completed.signing_key, older["signing_key"]);
        assert_eq!(Secrets::load_or_create(&path).unwrap().encryption_key, completed.encryption_key);
        assert_eq!(completed.tick_token.len(), 32);
        assert_eq!(Secrets::load_or_create(&path).unwrap().tick_token, completed.tick_token);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_them() {
        use std::os::unix::fs::PermissionsExt;

        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("secrets.json");
        Secrets::load_or_create(&path).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}
