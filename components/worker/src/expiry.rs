//! Deletes what has expired.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use platform::{Result, clock, config, db::Db, revocation};

/// Ticks come every few seconds for the mails; this is not as urgent.
const INTERVAL: TimeDelta = TimeDelta::minutes(1);

/// When this instance did it last.
static LAST: Mutex<Option<DateTime<Utc>>> = Mutex::new(None);

/// Deletes rows and keys, a batch of each; answers how many, or nothing where it is too early.
pub async fn delete(db: &Db) -> Result<BTreeMap<String, u64>> {
    let now = clock::now();
    if !is_time(now) {
        return Ok(BTreeMap::new());
    }
    let mut deleted = store::expiry::delete(db, now, config::retention_days().await?).await?;
    deleted.insert("revoked_sessions".to_owned(), revocation::delete_expired(now).await?);
    Ok(deleted)
}

fn is_time(now: DateTime<Utc>) -> bool {
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if last.is_some_and(|last| now < last + INTERVAL) {
        return false;
    }
    *last = Some(now);
    true
}
