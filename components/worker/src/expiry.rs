//! Deletes what has expired.

use std::collections::BTreeMap;

use platform::{Result, clock, config, db::Db, revocation};

/// Deletes rows and keys, some of each; answers how many.
pub async fn delete(db: &Db) -> Result<BTreeMap<String, u64>> {
    let now = clock::now();
    let mut deleted = store::expiry::delete(db, now, config::retention_days().await?).await?;
    deleted.insert("revoked_sessions".to_owned(), revocation::delete_expired(now).await?);
    Ok(deleted)
}
