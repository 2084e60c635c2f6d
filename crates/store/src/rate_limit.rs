//! Token buckets: they survive restarts and hold across every instance.

use chrono::{DateTime, Utc};
use platform::db::{Db, DbError, Parameter};
use serde::{Deserialize, Serialize};

use crate::statements;

statements! {
    TAKE [Login] = "SELECT take_tokens($1, instant($2))";
    FORGET [Login] = "DELETE FROM rate_limits WHERE key = ANY($1)";
}

/// A bucket to take tokens from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bucket {
    /// What it limits, such as `login:address:<address>`.
    pub key: String,
    /// How many tokens it holds when full: attempts in a row.
    pub capacity: f64,
    /// Seconds in which one token comes back.
    pub seconds_per_token: f64,
    /// How many tokens are wanted; none where it is only asked whether there is one.
    pub cost: f64,
}

/// A bucket was empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Refusal {
    /// Of which stage it was.
    pub stage: usize,
    /// Seconds until it has tokens again.
    pub seconds: u32,
}

/// Takes from each bucket of the first stage, and where all of them gave, from those of the next.
pub async fn take(db: &Db, stages: &[Vec<Bucket>], now: DateTime<Utc>) -> Result<Option<Refusal>, DbError> {
    db.fetch_one(&TAKE, vec![Parameter::json(&stages), now.into()]).await
}

/// Fills buckets up again: their owner has proven who they are.
pub async fn forget(db: &Db, keys: Vec<String>) -> Result<(), DbError> {
    db.execute(&FORGET, vec![keys.into()]).await.map(|_| ())
}
