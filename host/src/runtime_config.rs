//! `runtime-config.toml`: key-value stores, variable providers and the state directory.
//!
//! ```toml
//! state_dir = ".spin"
//!
//! [[variables_provider]]
//! type = "env"            # or "static" with `values`
//! prefix = "MYAPP"
//! dotenv_path = ".env.local"
//!
//! [key_value_store.default]
//! type = "spin"           # an SQLite file; or "redis" with `url`
//! path = "kv.db"
//! ```
//!
//! A key or type that Spin has and the host has not is refused by name.

use std::{
    ops::Range,
    path::{Path, PathBuf},
};

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, de::Error as _};

use crate::{
    manifest::Place,
    variables::{DotenvError, Environment, Provider},
};

/// The label of the store that is there without being configured.
const DEFAULT_STORE: &str = "default";
/// Where the default store is, within the state directory.
const DEFAULT_STORE_FILE: &str = "sqlite_key_value.db";

/// What a run of the host takes from `runtime-config.toml` and the command line.
#[derive(Debug)]
pub struct RuntimeConfig {
    /// Where state is kept; `None` keeps it in memory.
    pub state_dir: Option<PathBuf>,
    /// The most memory that an instance may have, in bytes.
    pub max_instance_memory: Option<usize>,
    /// Key-value stores by label; `default` is always among them.
    pub key_value_stores: IndexMap<String, StoreConfig>,
    /// `[[variables_provider]]` in order, and last the environment as Spin always reads it.
    pub variable_providers: Vec<Provider>,
}

/// Where a key-value store keeps its pairs.
#[derive(Clone, PartialEq, Eq)]
pub enum StoreConfig {
    /// An `SQLite` database: the file, or memory where there is none.
    Sqlite(Option<PathBuf>),
    /// A Redis server, by its `redis://` or `rediss://` URL.
    Redis(String),
}

/// The state directory as the command line says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum StateDir {
    /// Not said: the configuration's, else `.spin` beside the manifest.
    #[default]
    Default,
    /// `--state-dir <path>`.
    At(PathBuf),
    /// `--state-dir ""`: state is kept in memory.
    InMemory,
}

/// A runtime configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RuntimeConfigError {
    /// The file cannot be read.
    #[error("cannot read the runtime configuration {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The file is not TOML, or holds something unknown or not supported.
    #[error("{place}: {message}")]
    Invalid {
        /// Where in the file.
        place: Place,
        /// What is wrong.
        message: String,
    },
    /// A dotenv file cannot be read.
    #[error(transparent)]
    Dotenv(#[from] DotenvError),
}

impl RuntimeConfig {
    /// Reads the configuration at `path`, or takes the defaults where there is none. `manifest_dir` is where
    /// the manifest is. A relative path in the configuration starts from the configuration's own directory
    /// where it is a store's, and from the working directory otherwise, as in Spin.
    pub fn load(
        path: Option<&Path>,
        manifest_dir: &Path,
        state_dir: StateDir,
    ) -> Result<Self, RuntimeConfigError> {
        let (file, config_dir) = match path {
            None => (File::default(), None),
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .map_err(|source| RuntimeConfigError::Read { path: path.to_owned(), source })?;
                (parse(&text, path)?, path.parent())
            }
        };
        let state_dir = file.state_dir(state_dir, manifest_dir);
        let mut key_value_stores = IndexMap::new();
        let default_file = state_dir.as_ref().map(|directory| directory.join(DEFAULT_STORE_FILE));
        key_value_stores.insert(DEFAULT_STORE.to_owned(), StoreConfig::Sqlite(default_file));
        for (label, store) in file.key_value_store {
            key_value_stores.insert(label, store.into_config(config_dir));
        }
        let mut variable_providers = Vec::new();
        for provider in file.variables_provider {
            variable_providers.push(provider.into_provider()?);
        }
        variable_providers.push(Provider::Environment(Environment::standard()?));
        let max_instance_memory = file.max_instance_memory;
        Ok(Self { state_dir, max_instance_memory, key_value_stores, variable_providers })
    }
}

/// A Redis URL may hold a password, and is not printed.
impl std::fmt::Debug for StoreConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => f.debug_tuple("Sqlite").field(path).finish(),
            Self::Redis(_) => f.write_str("Redis"),
        }
    }
}

fn parse(text: &str, path: &Path) -> Result<File, RuntimeConfigError> {
    // Not the error's own form, which quotes the line: there may be a password in it.
    let invalid = |span: Option<Range<usize>>, message: &str| RuntimeConfigError::Invalid {
        place: Place::new(text, path, span.map_or(0, |span| span.start)),
        message: message.to_owned(),
    };
    let file: File = toml::from_str(text).map_err(|error| invalid(error.span(), error.message()))?;
    match &file.log_dir {
        Some(log_dir) if !log_dir.get_ref().is_empty() => {
            let message = "`log_dir` is not supported: all logs go to the host's own output";
            Err(invalid(Some(log_dir.span()), message))
        }
        _ => Ok(file),
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct File {
    state_dir: Option<String>,
    log_dir: Option<toml::Spanned<String>>,
    max_instance_memory: Option<usize>,
    #[serde(default, alias = "config_provider")]
    variables_provider: Vec<ProviderTable>,
    #[serde(default)]
    key_value_store: IndexMap<String, StoreTable>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum ProviderTable {
    Env { prefix: Option<String>, dotenv_path: Option<PathBuf> },
    Static { values: std::collections::HashMap<String, String> },
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum StoreTable {
    Spin {
        path: Option<PathBuf>,
    },
    Redis {
        #[serde(deserialize_with = "redis_url")]
        url: String,
    },
}

/// Refused here rather than when a component first opens the store. The error does not repeat it: there may be a
/// password in it.
fn redis_url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let url = String::deserialize(deserializer)?;
    match redis::Client::open(&*url) {
        Ok(_) => Ok(url),
        Err(_) => Err(D::Error::custom("`url` is not a Redis URL")),
    }
}

impl File {
    fn state_dir(&self, given: StateDir, manifest_dir: &Path) -> Option<PathBuf> {
        match (given, self.state_dir.as_deref()) {
            (StateDir::At(path), _) => Some(path),
            (StateDir::InMemory, _) | (StateDir::Default, Some("")) => None,
            (StateDir::Default, Some(path)) => Some(PathBuf::from(path)),
            (StateDir::Default, None) => Some(manifest_dir.join(".spin")),
        }
    }
}

impl ProviderTable {
    fn into_provider(self) -> Result<Provider, DotenvError> {
        match self {
            Self::Static { values } => Ok(Provider::Static(values)),
            Self::Env { prefix, dotenv_path } => {
                Environment::new(prefix, dotenv_path.as_deref()).map(Provider::Environment)
            }
        }
    }
}

impl StoreTable {
    fn into_config(self, config_dir: Option<&Path>) -> StoreConfig {
        match self {
            Self::Redis { url } => StoreConfig::Redis(url),
            Self::Spin { path } => StoreConfig::Sqlite(path.map(|path| match config_dir {
                Some(directory) => directory.join(path),
                None => path,
            })),
        }
    }
}

#[cfg(test)]
mod tests;
