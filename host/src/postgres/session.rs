//! One connection to a server, with its prepared statements and what is known of its state.

use std::{
    num::NonZeroUsize,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use lru::LruCache;
use tokio_postgres::{Client, Statement};

use super::pool::Connector;

/// How many prepared statements a connection keeps; the least recently used goes first.
const MAX_STATEMENTS: NonZeroUsize = NonZeroUsize::new(256).expect("256 is not zero");

/// What undoes everything that a statement may have left behind. `DISCARD ALL` would drop the prepared
/// statements too.
const RESET: &str = "ROLLBACK; CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; UNLISTEN *; \
                     SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES";

/// A connection.
pub(super) struct Session {
    client: Client,
    connector: Connector,
    statements: Mutex<LruCache<Box<str>, Statement>>,
    /// A statement ran that may have left something behind.
    may_hold_state: AtomicBool,
    /// Statements whose result has not been read to its end.
    running: Arc<AtomicUsize>,
}

/// A statement that runs. Dropped early, it leaves the session counted as running: its result is still to
/// come.
pub(super) struct Running {
    running: Arc<AtomicUsize>,
}

impl Session {
    pub fn new(client: Client, connector: Connector) -> Self {
        Self {
            client,
            connector,
            statements: Mutex::new(LruCache::new(MAX_STATEMENTS)),
            may_hold_state: AtomicBool::new(false),
            running: Arc::default(),
        }
    }

    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Whether the session may hold something that the next user must not see.
    pub fn is_used(&self) -> bool {
        self.may_hold_state.load(Ordering::Acquire)
    }

    /// Whether a result was given up before its end.
    pub fn is_running(&self) -> bool {
        self.running.load(Ordering::Acquire) > 0
    }

    /// Notes that a statement begins; `leaves_something` says whether the session must be reset afterwards.
    pub fn begin(&self, leaves_something: bool) -> Running {
        if leaves_something {
            self.may_hold_state.store(true, Ordering::Release);
        }
        self.running.fetch_add(1, Ordering::AcqRel);
        Running { running: Arc::clone(&self.running) }
    }

    /// The prepared form of `sql`; one round trip the first time, none later.
    pub async fn prepare(&self, sql: &str) -> Result<Statement, tokio_postgres::Error> {
        if let Some(statement) = self.statements().get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql).await?;
        self.statements().put(sql.into(), statement.clone());
        Ok(statement)
    }

    /// Drops the prepared form of `sql`.
    pub fn forget(&self, sql: &str) {
        self.statements().pop(sql);
    }

    fn statements(&self) -> std::sync::MutexGuard<'_, LruCache<Box<str>, Statement>> {
        // No code panics while it holds the lock, and a cache would be whole even so.
        self.statements.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the session as good as new.
    pub async fn reset(&self) -> Result<(), tokio_postgres::Error> {
        self.client.batch_execute(RESET).await?;
        self.may_hold_state.store(false, Ordering::Release);
        Ok(())
    }

    /// Tells the server to stop what runs, and closes the connection.
    pub async fn close(self) {
        if self.is_running() {
            let cancelled = self.connector.cancel(&self.client.cancel_token()).await;
            if let Err(error) = cancelled {
                tracing::debug!(%error, "a query that was given up could not be cancelled");
            }
        }
    }
}

impl Running {
    /// Notes that the result was read to its end.
    pub fn finish(self) {
        self.running.fetch_sub(1, Ordering::AcqRel);
    }
}
