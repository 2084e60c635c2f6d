//! Rows whose time is over.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use platform::db::{Db, DbError};

use crate::statements;

statements! {
    DELETE [Worker] = "SELECT delete_expired(instant($1), $2)";
}

/// Deletes what has expired, at most ten thousand rows of each table, and records that are older than `days`, from 1 to
/// 36,500; answers how many of each.
pub async fn delete(db: &Db, now: DateTime<Utc>, days: i32) -> Result<BTreeMap<String, u64>, DbError> {
    db.fetch_one(&DELETE, vec![now.into(), days.into()]).await
}
