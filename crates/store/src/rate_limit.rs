//! Token buckets: they survive restarts and hold across every instance.

use chrono::{DateTime, Utc};
use platform::db::{Db, DbError};

use crate::statements;

statements! {
    TAKE [Login] = "SELECT to_jsonb(take_tokens($1, $2, $3, instant($4)))";
    FORGET [Login] = "DELETE FROM rate_limits WHERE key = $1";
}

/// A bucket to take a token from.
pub struct Bucket {
    /// What it limits, such as `login:account:<address>`.
    pub key: String,
    /// How many tokens it holds when full: attempts in a row.
    pub capacity: i32,
    /// Seconds in which one token comes back.
    pub seconds_per_token: i32,
}

/// Takes a token from each bucket; `Some` seconds to wait where one was empty.
pub async fn take(db: &Db, buckets: Vec<Bucket>, now: DateTime<Utc>) -> Result<Option<u32>, DbError> {
    let capacities: Vec<i32> = buckets.iter().map(|bucket| bucket.capacity).collect();
    let refills: Vec<i32> = buckets.iter().map(|bucket| bucket.seconds_per_token).collect();
    let keys: Vec<String> = buckets.into_iter().map(|bucket| bucket.key).collect();
    let wait: u32 =
        db.fetch_one(&TAKE, vec![keys.into(), capacities.into(), refills.into(), now.into()]).await?;
    Ok((wait > 0).then_some(wait))
}

/// Fills a bucket up again: its owner has proven who they are.
pub async fn forget(db: &Db, key: &str) -> Result<(), DbError> {
    db.execute(&FORGET, vec![key.into()]).await.map(|_| ())
}
