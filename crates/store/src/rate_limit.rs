//! Token buckets: they survive restarts and hold across every instance.

use chrono::{DateTime, Utc};
use platform::db::{Db, DbError};

use crate::statements;

statements! {
    // One upsert refills by the time that has passed and takes a token where there is one. Answers the
    // seconds until the emptiest bucket has a token again, 0 where every bucket gave one.
    TAKE [Login] = "
        WITH taken AS (
            INSERT INTO rate_limits AS bucket (key, tokens, seconds_per_token, allowed, updated_at)
            SELECT key, capacity - 1, seconds_per_token, true, instant($4)
            FROM unnest($1::text[], $2::int[], $3::int[]) AS wanted (key, capacity, seconds_per_token)
            ORDER BY key
            ON CONFLICT (key) DO UPDATE SET (tokens, allowed, seconds_per_token, updated_at) = (
                SELECT CASE WHEN refilled >= 1 THEN refilled - 1 ELSE refilled END,
                       refilled >= 1, excluded.seconds_per_token, excluded.updated_at
                FROM (SELECT least(excluded.tokens + 1, bucket.tokens + greatest(0, extract(epoch FROM
                    excluded.updated_at - bucket.updated_at))::float8 / excluded.seconds_per_token) AS refilled)
                    AS level)
            RETURNING allowed, tokens, seconds_per_token
        )
        SELECT to_jsonb(coalesce(max(ceil((1 - tokens) * seconds_per_token)) FILTER (WHERE NOT allowed), 0)::int)
        FROM taken";
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
