//! The key-value store: a cache of what can be rebuilt, never the truth.

use spin_sdk::key_value::Store;

/// The key-value store doesn't answer.
#[derive(Debug, Clone, thiserror::Error)]
#[error("key-value store: {0}")]
pub struct KeyValueError(pub String);

/// The `default` store.
pub struct KeyValue(Store);

impl KeyValue {
    /// Opens the store.
    pub async fn open() -> Result<Self, KeyValueError> {
        Store::open_default().await.map(Self).map_err(failed)
    }

    /// The value under a key, if any.
    pub async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, KeyValueError> {
        self.0.get(key).await.map_err(failed)
    }

    /// Sets the value under a key.
    pub async fn set(&self, key: &str, value: &[u8]) -> Result<(), KeyValueError> {
        self.0.set(key, value).await.map_err(failed)
    }

    /// Deletes a key, if it is there.
    pub async fn delete(&self, key: &str) -> Result<(), KeyValueError> {
        self.0.delete(key).await.map_err(failed)
    }

    /// Every key that begins so.
    pub async fn keys(&self, prefix: &str) -> Result<Vec<String>, KeyValueError> {
        let mut keys = self.0.get_keys().await.collect().await.map_err(failed)?;
        keys.retain(|key| key.starts_with(prefix));
        Ok(keys)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the form that map_err takes")]
fn failed(error: spin_sdk::key_value::Error) -> KeyValueError {
    KeyValueError(error.to_string())
}
