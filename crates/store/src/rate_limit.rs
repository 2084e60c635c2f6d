//! Token buckets: they survive restarts and hold across every instance.

use chrono::{DateTime, Utc};
use platform::db::{Db, DbError, Parameter};
use serde::{Deserialize, Serialize};

use crate::statements;

statements! {
    TAKE [Login] = "SELECT take_tokens($1, instant($2))";
    // Locked in the order of the keys given, which is that of taking: whoever takes and whoever forgets don't wait for
    // each other.
    FORGET [Login] = "
        WITH forgotten AS MATERIALIZED (
            SELECT key FROM rate_limits JOIN unnest($1::text[]) WITH ORDINALITY AS wanted (key, place) USING (key)
            ORDER BY place FOR UPDATE OF rate_limits
        )
        DELETE FROM rate_limits USING forgotten WHERE rate_limits.key = forgotten.key";
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

/// The passwords that a whole installation hashes: two are always possible at once.
pub fn password_work(per_second: f64) -> Bucket {
    Bucket {
        key: "password:work".to_owned(),
        capacity: (2.0 * per_second).max(2.0),
        seconds_per_token: per_second.recip(),
        cost: 1.0,
    }
}

/// Fills buckets up again, in the order in which they are taken from: their owner has proven who they are.
pub async fn forget(db: &Db, keys: Vec<String>) -> Result<(), DbError> {
    db.execute(&FORGET, vec![keys.into()]).await.map(|_| ())
}
