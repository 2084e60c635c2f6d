//! The time that a component holds a connection.

use std::ops::Deref;

use deadpool::managed::Object;

use super::{pool::Pooled, session::Session};

/// A connection that a component holds. When it lets go, the connection returns to its pool only as clean as
/// it came: at once where nothing can have been left behind, after a reset where something may have been, and
/// not at all where a query was given up half-way.
pub(super) struct Lease {
    /// Always there until dropped.
    pooled: Option<Pooled>,
}

impl Lease {
    pub fn new(pooled: Pooled) -> Self {
        Self { pooled: Some(pooled) }
    }
}

impl Deref for Lease {
    type Target = Session;

    #[expect(clippy::expect_used, reason = "only `drop` takes the connection")]
    fn deref(&self) -> &Session {
        self.pooled.as_ref().expect("the connection is there until the lease is dropped")
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(pooled) = self.pooled.take() else { return };
        if !pooled.is_running() && !pooled.is_used() {
            return;
        }
        // Without a runtime there is nothing to talk to the server with: the connection closes as it is
        // dropped.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            drop(Object::take(pooled));
            return;
        };
        runtime.spawn(async move {
            if pooled.is_running() {
                Object::take(pooled).close().await;
            } else if let Err(error) = pooled.reset().await {
                tracing::debug!(%error, "a PostgreSQL connection could not be reset and is closed");
                drop(Object::take(pooled));
            }
        });
    }
}
