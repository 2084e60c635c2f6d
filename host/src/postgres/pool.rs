//! Pools of connections, one per address.

use std::{
    num::NonZeroUsize,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use deadpool::{
    Runtime,
    managed::{
        Manager, Metrics, Object, Pool, PoolConfig, PoolError, QueueMode, RecycleError, RecycleResult,
        TimeoutType, Timeouts,
    },
};
use lru::LruCache;
use tokio_postgres::{CancelToken, Config, NoTls, config::SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{error::with_causes, session::Session, tls};
use crate::bindings::spin::postgres::postgres::Error;

/// Connections per address; Spin's number.
const CONNECTIONS: usize = 64;
/// Addresses whose pools are kept; Spin's number.
const ADDRESSES: NonZeroUsize = NonZeroUsize::new(16).expect("16 is not zero");
/// How long a component waits for a connection while all of its address are in use.
const WAIT: Duration = Duration::from_secs(30);

/// The pools of one component. Components share none, so that nothing passes from one to another by a
/// connection.
pub struct Pools {
    pools: Mutex<LruCache<Key, Pool<Connector>>>,
}

#[derive(PartialEq, Eq, Hash)]
struct Key {
    address: String,
    root_ca: Option<String>,
}

/// A pooled connection; it returns to its pool when dropped.
pub(super) type Pooled = Object<Connector>;

impl Default for Pools {
    fn default() -> Self {
        Self { pools: Mutex::new(LruCache::new(ADDRESSES)) }
    }
}

impl Pools {
    /// A connection to `address`, of which `config` is the parsed and checked form; `root_ca` is a
    /// certificate in PEM.
    pub(super) async fn get(
        &self,
        address: &str,
        root_ca: Option<&str>,
        config: Config,
    ) -> Result<Pooled, Error> {
        let pool = self.pool(address, root_ca, config).map_err(Error::ConnectionFailed)?;
        pool.get().await.map_err(|error| {
            Error::ConnectionFailed(match error {
                PoolError::Backend(error) => with_causes(&error),
                PoolError::Timeout(TimeoutType::Wait) => {
                    format!(
                        "all {CONNECTIONS} connections are in use, and none came free in {} s",
                        WAIT.as_secs()
                    )
                }
                other => other.to_string(),
            })
        })
    }

    fn pool(&self, address: &str, root_ca: Option<&str>, config: Config) -> Result<Pool<Connector>, String> {
        // No code panics while it holds the lock, and a cache would be whole even so.
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        let key = Key { address: address.to_owned(), root_ca: root_ca.map(str::to_owned) };
        if let Some(pool) = pools.get(&key) {
            return Ok(pool.clone());
        }
        let pool = Pool::builder(Connector::new(config, root_ca)?)
            .runtime(Runtime::Tokio1)
            .config(PoolConfig {
                max_size: CONNECTIONS,
                timeouts: Timeouts { wait: Some(WAIT), ..Timeouts::default() },
                // The last connection returned is the one whose caches are warm.
                queue_mode: QueueMode::Lifo,
            })
            .build()
            .map_err(|error| error.to_string())?;
        pools.put(key, pool.clone());
        Ok(pool)
    }
}

/// Makes the connections of a pool.
#[derive(Clone)]
pub(super) struct Connector {
    config: Config,
    /// `None` where the address says `sslmode=disable`.
    tls: Option<MakeRustlsConnect>,
}

impl Connector {
    fn new(config: Config, root_ca: Option<&str>) -> Result<Self, String> {
        let tls = match config.get_ssl_mode() {
            SslMode::Disable => None,
            _ => Some(tls::connector(root_ca)?),
        };
        Ok(Self { config, tls })
    }

    /// Cancels what runs on the connection that `token` is of.
    pub async fn cancel(&self, token: &CancelToken) -> Result<(), tokio_postgres::Error> {
        match &self.tls {
            None => token.cancel_query(NoTls).await,
            Some(tls) => token.cancel_query(tls.clone()).await,
        }
    }
}

impl Manager for Connector {
    type Type = Session;
    type Error = tokio_postgres::Error;

    async fn create(&self) -> Result<Session, tokio_postgres::Error> {
        let client = match &self.tls {
            None => {
                let (client, connection) = self.config.connect(NoTls).await?;
                tokio::spawn(run(connection));
                client
            }
            Some(tls) => {
                let (client, connection) = self.config.connect(tls.clone()).await?;
                tokio::spawn(run(connection));
                client
            }
        };
        Ok(Session::new(client, self.clone()))
    }

    /// Costs no round trip: what a lease gives back is clean (see `lease`), and a lost connection is known to
    /// be.
    async fn recycle(&self, session: &mut Session, _: &Metrics) -> RecycleResult<tokio_postgres::Error> {
        if session.client().is_closed() {
            Err(RecycleError::message("the connection was lost"))
        } else {
            Ok(())
        }
    }
}

/// Drives a connection until its client is dropped.
async fn run(connection: impl Future<Output = Result<(), tokio_postgres::Error>>) {
    if let Err(error) = connection.await {
        tracing::debug!(error = with_causes(&error), "a PostgreSQL connection was lost");
    }
}
