//! Token buckets: they survive restarts and hold across every instance.

use chrono::{DateTime, Utc};
use platform::{
    Error, Result, clock,
    db::{Db, DbError, Parameter},
};
use serde::{Deserialize, Serialize};

use crate::{Caller, Requirement, caller::Actor, statements};

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
    // For roles that can't touch the buckets.
    TAKE_PASSWORD_WORK [Users] = "SELECT take_password_work($1, instant($2))";
    TAKE_CHANGE [Login, Users, Admin] = "SELECT take_change($1, instant($2))";
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

/// Takes from the buckets, stage by stage; 429 where one is empty.
pub async fn count(db: &Db, stages: &[Vec<Bucket>]) -> Result<()> {
    admitted(take(db, stages, clock::now()).await?)
}

fn admitted(refusal: Option<Refusal>) -> Result<()> {
    match refusal {
        None => Ok(()),
        Some(Refusal { seconds, .. }) => Err(Error::RateLimited { retry_after: seconds }),
    }
}

/// Counts a password about to be judged and hashed, for a component that can't touch the buckets.
pub async fn count_password_work(db: &Db, per_second: f64) -> Result<()> {
    let refusal: Option<Refusal> =
        db.fetch_one(&TAKE_PASSWORD_WORK, vec![per_second.into(), clock::now().into()]).await?;
    match refusal {
        None => Ok(()),
        Some(Refusal { seconds, .. }) => Err(Error::Overloaded { retry_after: seconds }),
    }
}

impl<R: Requirement> Caller<R> {
    /// Counts a change to others' accounts, or to what holds for all: whoever may change it may not do so without end.
    pub async fn count_change(&self) -> Result<()> {
        let Actor { user, client, .. } = self.actor;
        let actor = user.map(|user| user.0).or_else(|| client.map(|client| client.0));
        admitted(self.db.fetch_one(&TAKE_CHANGE, vec![actor.into(), clock::now().into()]).await?)
    }
}

/// Fills buckets up again, in the order in which they are taken from: their owner has proven who they are.
pub async fn forget(db: &Db, keys: Vec<String>) -> Result<(), DbError> {
    db.execute(&FORGET, vec![keys.into()]).await.map(|_| ())
}
