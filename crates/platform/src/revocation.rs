//! Sessions that ended while access tokens of theirs are still out.
//!
//! The truth is `sessions.ended_at`; this is its shadow for components without a database. An entry
//! matters for as long as an access token lives; what is lost with the store expires by itself.

use contract::SessionId;

use crate::key_value::{KeyValue, KeyValueError};

fn key(session: SessionId) -> String {
    format!("revoked-session:{session}")
}

/// Notes that the sessions have ended.
pub async fn revoke(sessions: &[SessionId]) -> Result<(), KeyValueError> {
    if sessions.is_empty() {
        return Ok(());
    }
    let store = KeyValue::open().await?;
    for session in sessions {
        store.set(&key(*session), b"1").await?;
    }
    Ok(())
}

/// Whether the session is known to have ended.
pub async fn is_revoked(session: SessionId) -> Result<bool, KeyValueError> {
    Ok(KeyValue::open().await?.get(&key(session)).await?.is_some())
}
