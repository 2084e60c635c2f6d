//! A store in an `SQLite` file, in the table that Spin has, so that either host reads the other's file.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use futures::{StreamExt as _, stream};
use rusqlite::{Connection, OptionalExtension as _, params};
use tokio::sync::OnceCell;

use super::{KEYS_PER_PAGE, Keys, failed};
use crate::bindings::spin::key_value::key_value::Error;

/// A store. Its connection is made once and used by one statement at a time, off the threads that serve
/// requests.
#[derive(Clone)]
pub(super) struct SqliteStore {
    label: Arc<str>,
    /// `None` keeps the pairs in memory.
    path: Option<PathBuf>,
    connection: Arc<OnceCell<Arc<Mutex<Connection>>>>,
}

impl SqliteStore {
    pub fn new(label: &str, path: Option<PathBuf>) -> Self {
        Self { label: label.into(), path, connection: Arc::default() }
    }

    /// Makes the file, the directories above it and the table where they are not there.
    pub async fn open(&self) -> Result<(), Error> {
        self.connection().await.map(|_| ())
    }

    async fn connection(&self) -> Result<Arc<Mutex<Connection>>, Error> {
        let open = || async {
            let path = self.path.clone();
            let connection = blocking(move || connect(path.as_deref())).await?;
            Ok(Arc::new(Mutex::new(connection)))
        };
        self.connection.get_or_try_init(open).await.map(Arc::clone)
    }

    pub async fn get(&self, key: String) -> Result<Option<Vec<u8>>, Error> {
        self.run(move |connection, store| {
            connection
                .prepare_cached("SELECT value FROM spin_key_value WHERE store = ?1 AND key = ?2")?
                .query_row(params![store, key], |row| row.get(0))
                .optional()
        })
        .await
    }

    pub async fn set(&self, key: String, value: Vec<u8>) -> Result<(), Error> {
        self.run(move |connection, store| {
            connection
                .prepare_cached(
                    "INSERT INTO spin_key_value (store, key, value) VALUES (?1, ?2, ?3)
                     ON CONFLICT (store, key) DO UPDATE SET value = excluded.value",
                )?
                .execute(params![store, key, value])
                .map(|_| ())
        })
        .await
    }

    pub async fn delete(&self, key: String) -> Result<(), Error> {
        self.run(move |connection, store| {
            connection
                .prepare_cached("DELETE FROM spin_key_value WHERE store = ?1 AND key = ?2")?
                .execute(params![store, key])
                .map(|_| ())
        })
        .await
    }

    pub async fn exists(&self, key: String) -> Result<bool, Error> {
        self.run(move |connection, store| {
            connection
                .prepare_cached("SELECT 1 FROM spin_key_value WHERE store = ?1 AND key = ?2")?
                .exists(params![store, key])
        })
        .await
    }

    /// Pages in the order of the keys; no page holds the connection while a component reads it.
    pub fn keys(&self) -> Keys {
        let store = self.clone();
        stream::try_unfold(Some(String::new()), move |after| {
            let store = store.clone();
            async move {
                let Some(after) = after else { return Ok(None) };
                let page = store.page(after).await?;
                let next = page.last().filter(|_| page.len() == usize::from(KEYS_PER_PAGE)).cloned();
                Ok(Some((page, next)))
            }
        })
        .boxed()
    }

    /// The keys that follow `after`, of which the empty one is the first.
    async fn page(&self, after: String) -> Result<Vec<String>, Error> {
        self.run(move |connection, store| {
            connection
                .prepare_cached(
                    "SELECT key FROM spin_key_value WHERE store = ?1 AND (key > ?2 OR (?2 = '' AND key = ''))
                     ORDER BY key LIMIT ?3",
                )?
                .query_map(params![store, after, KEYS_PER_PAGE], |row| row.get(0))?
                .collect()
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection, &str) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        let connection = self.connection().await?;
        let label = Arc::clone(&self.label);
        blocking(move || {
            // A panic would leave no transaction open: every statement is one by itself.
            let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            work(&connection, &label).map_err(|error| failed(&error))
        })
        .await
    }
}

fn connect(path: Option<&std::path::Path>) -> Result<Connection, Error> {
    let connection = match path {
        None => Connection::open_in_memory(),
        Some(path) => {
            if let Some(directory) = path.parent() {
                std::fs::create_dir_all(directory).map_err(|error| {
                    failed(&format!("cannot make the directory of the store {}: {error}", path.display()))
                })?;
            }
            Connection::open(path)
        }
    };
    connection.and_then(prepare).map_err(|error| failed(&error))
}

/// Write-ahead logging lets readers go on while one writes; with it, `NORMAL` loses at most the last writes
/// before a power failure, and never the file.
fn prepare(connection: Connection) -> rusqlite::Result<Connection> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS spin_key_value (
            store TEXT NOT NULL,
            key TEXT NOT NULL,
            value BLOB NOT NULL,
            PRIMARY KEY (store, key)
        )",
    )?;
    Ok(connection)
}

/// Runs `work` on a thread that may block.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(failed(&error)))
}
