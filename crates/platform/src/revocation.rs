//! Sessions that ended, and applications that were disabled, while access tokens of theirs are still out.
//!
//! The truth is `sessions.ended_at` and `oauth_clients.disabled`; this is its shadow for components without a database. An entry
//! matters for as long as an access token lives; what is lost with the store expires by itself.

use contract::{ClientId, SessionId};

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

fn client_key(client: ClientId) -> String {
    format!("disabled-client:{client}")
}

/// Notes whether an application may be used.
pub async fn set_client_disabled(client: ClientId, disabled: bool) -> Result<(), KeyValueError> {
    let store = KeyValue::open().await?;
    if disabled {
        store.set(&client_key(client), b"1").await
    } else {
        store.delete(&client_key(client)).await
    }
}

/// Whether the application is known to be disabled, or deleted.
pub async fn is_client_disabled(client: ClientId) -> Result<bool, KeyValueError> {
    Ok(KeyValue::open().await?.get(&client_key(client)).await?.is_some())
}
