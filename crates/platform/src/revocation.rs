//! Sessions that ended, and applications that were disabled, while access tokens of theirs are still out.
//!
//! The truth is `sessions.ended_at` and `oauth_clients.disabled`; this is its shadow for components without a database. An entry
//! matters for as long as an access token lives; what is lost with the store expires by itself.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{ClientId, SessionId};

use crate::{
    clock,
    key_value::{KeyValue, KeyValueError},
};

const PREFIX: &str = "revoked-session:";

/// How long an entry matters: as long as an access token lives, and as two clocks may differ.
const KEPT: TimeDelta = TimeDelta::minutes(15);

fn key(session: SessionId) -> String {
    format!("{PREFIX}{session}")
}

/// Notes that the sessions have ended.
pub async fn revoke(sessions: &[SessionId]) -> Result<(), KeyValueError> {
    if sessions.is_empty() {
        return Ok(());
    }
    let (store, now) = (KeyValue::open().await?, clock::now().to_rfc3339());
    for session in sessions {
        store.set(&key(*session), now.as_bytes()).await?;
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

/// Deletes the entries that don't matter any more; answers how many.
pub async fn delete_expired(now: DateTime<Utc>) -> Result<u64, KeyValueError> {
    let store = KeyValue::open().await?;
    let mut deleted = 0;
    for key in store.keys(PREFIX).await? {
        let since = store.get(&key).await?.unwrap_or_default();
        if is_over(&since, now) {
            store.delete(&key).await?;
            deleted += 1;
        }
    }
    Ok(deleted)
}

/// Earlier versions wrote no time: what they left is old.
fn is_over(since: &[u8], now: DateTime<Utc>) -> bool {
    let since = str::from_utf8(since).ok().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    since.is_none_or(|since| since + KEPT <= now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_matters_as_long_as_an_access_token() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let at = |minutes| (now - TimeDelta::minutes(minutes)).to_rfc3339();
        assert!(!is_over(at(14).as_bytes(), now));
        assert!(is_over(at(15).as_bytes(), now));
        assert!(is_over(b"1", now));
    }
}
