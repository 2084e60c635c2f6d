//! `spin:key-value@3`: stores in `SQLite` files, whose layout is Spin's, and in Redis.

mod host;
mod keys;
mod redis;
mod sqlite;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use futures::stream::BoxStream;

pub use host::{KeyValueData, KeyValueState};

use self::{redis::RedisStore, sqlite::SqliteStore};
use crate::{
    bindings::spin::key_value::key_value::Error,
    runtime_config::{RuntimeConfig, StoreConfig},
};

/// The most bytes of a value that the host holds for a component; Spin's limit.
const MAX_VALUE_BYTES: usize = 128 << 20;
/// How many keys are read from a store at once.
const KEYS_PER_PAGE: u16 = 1000;

/// The key-value stores of an application, by label.
pub struct Stores {
    stores: HashMap<String, Store>,
}

/// A store, which many components may have open.
#[derive(Clone)]
pub struct Store {
    backend: Backend,
}

#[derive(Clone)]
enum Backend {
    Sqlite(SqliteStore),
    Redis(RedisStore),
}

/// A label in a component's `key_value_stores` that the runtime configuration does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "in [component.{component}]: `key_value_stores`: there is no store {label:?}: add [key_value_store.{label}] to the \
     runtime configuration"
)]
pub struct UnknownStore {
    component: String,
    label: String,
}

/// Pages of keys.
type Keys = BoxStream<'static, Result<Vec<String>, Error>>;

impl Stores {
    /// The stores of `config`. Files are made and servers connected to when a store is first opened.
    pub fn new(config: &RuntimeConfig) -> Self {
        let open = |(label, config): (&String, &StoreConfig)| {
            let backend = match config {
                StoreConfig::Sqlite(path) => Backend::Sqlite(SqliteStore::new(label, path.clone())),
                StoreConfig::Redis(url) => Backend::Redis(RedisStore::new(url)),
            };
            (label.clone(), Store { backend })
        };
        Self { stores: config.key_value_stores.iter().map(open).collect() }
    }

    /// Checks that every one of `labels`, the stores of `component`, is there.
    pub fn ensure_known(&self, component: &str, labels: &[String]) -> Result<(), UnknownStore> {
        match labels.iter().find(|label| !self.stores.contains_key(*label)) {
            None => Ok(()),
            Some(label) => Err(UnknownStore { component: component.to_owned(), label: label.clone() }),
        }
    }

    /// The store `label`, ready for use.
    async fn open(&self, label: &str) -> Result<Store, Error> {
        let store = self.stores.get(label).ok_or(Error::NoSuchStore)?;
        match &store.backend {
            Backend::Sqlite(sqlite) => sqlite.open().await?,
            Backend::Redis(redis) => redis.open().await?,
        }
        Ok(store.clone())
    }
}

impl Store {
    async fn get(&self, key: String) -> Result<Option<Vec<u8>>, Error> {
        let value = match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.get(key).await?,
            Backend::Redis(redis) => redis.get(&key).await?,
        };
        match &value {
            Some(bytes) if bytes.len() > MAX_VALUE_BYTES => {
                Err(Error::Other(format!("the value has more than {MAX_VALUE_BYTES} bytes")))
            }
            _ => Ok(value),
        }
    }

    async fn set(&self, key: String, value: Vec<u8>) -> Result<(), Error> {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.set(key, value).await,
            Backend::Redis(redis) => redis.set(&key, &value).await,
        }
    }

    async fn delete(&self, key: String) -> Result<(), Error> {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.delete(key).await,
            Backend::Redis(redis) => redis.delete(&key).await,
        }
    }

    async fn exists(&self, key: String) -> Result<bool, Error> {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.exists(key).await,
            Backend::Redis(redis) => redis.exists(&key).await,
        }
    }

    /// All keys, page by page. Keys that come or go meanwhile may be there or not.
    fn keys(&self) -> Keys {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.keys(),
            Backend::Redis(redis) => redis.keys(),
        }
    }
}

/// A failure of the store itself: logged, since a component can do little about it, and told to the
/// component.
fn failed(error: &dyn std::fmt::Display) -> Error {
    tracing::warn!(%error, "a key-value store failed");
    Error::Other(error.to_string())
}
