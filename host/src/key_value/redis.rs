//! A store in a Redis server: its keys are the server's keys, as in Spin.

use std::sync::Arc;

use futures::{StreamExt as _, stream};
use redis::{AsyncCommands as _, Client, RedisError, aio::ConnectionManager};
use tokio::sync::OnceCell;

use super::{KEYS_PER_PAGE, Keys, failed};
use crate::bindings::spin::key_value::key_value::Error;

/// A store. All components share one connection, over which their commands are pipelined; it reconnects by
/// itself.
#[derive(Clone)]
pub(super) struct RedisStore {
    url: Arc<str>,
    connection: Arc<OnceCell<ConnectionManager>>,
}

impl RedisStore {
    pub fn new(url: &str) -> Self {
        Self { url: url.into(), connection: Arc::default() }
    }

    /// Connects where that has not been done yet.
    pub async fn open(&self) -> Result<(), Error> {
        self.connection().await.map(|_| ())
    }

    async fn connection(&self) -> Result<ConnectionManager, Error> {
        let open = || async { Client::open(&*self.url)?.get_connection_manager().await };
        self.connection.get_or_try_init(open).await.cloned().map_err(|error: RedisError| failed(&error))
    }

    pub async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, Error> {
        self.connection().await?.get(key).await.map_err(|error| failed(&error))
    }

    pub async fn set(&self, key: &str, value: &[u8]) -> Result<(), Error> {
        self.connection().await?.set(key, value).await.map_err(|error| failed(&error))
    }

    pub async fn delete(&self, key: &str) -> Result<(), Error> {
        self.connection().await?.del(key).await.map_err(|error| failed(&error))
    }

    pub async fn exists(&self, key: &str) -> Result<bool, Error> {
        self.connection().await?.exists(key).await.map_err(|error| failed(&error))
    }

    /// Pages of `SCAN`, which may give a key twice.
    pub fn keys(&self) -> Keys {
        let store = self.clone();
        stream::try_unfold(Some(0_u64), move |cursor| {
            let store = store.clone();
            async move {
                let Some(cursor) = cursor else { return Ok(None) };
                let (next, page) = store.scan(cursor).await?;
                Ok(Some((page, Some(next).filter(|next| *next != 0))))
            }
        })
        .boxed()
    }

    async fn scan(&self, cursor: u64) -> Result<(u64, Vec<String>), Error> {
        let mut connection = self.connection().await?;
        let mut command = redis::cmd("SCAN");
        command.arg(cursor).arg("COUNT").arg(KEYS_PER_PAGE);
        command.query_async(&mut connection).await.map_err(|error| failed(&error))
    }
}
