//! How often somebody may try: per account and per address, in Postgres, across every instance.

use contract::{Email, UserId};
use platform::{Error, Result, client::Client, clock, db::Db};
use store::rate_limit::{self, Bucket};

/// Ten tries in a row on one account, then one every 30 seconds.
fn account(email: &Email) -> Bucket {
    Bucket { key: account_key(email), capacity: 10, seconds_per_token: 30 }
}

fn account_key(email: &Email) -> String {
    format!("login:account:{email}")
}

/// Ten codes in a row for one account, then one every five minutes: at the pace of passwords, a code of six digits
/// would be guessed within weeks.
fn codes(user: UserId) -> Bucket {
    Bucket { key: codes_key(user), capacity: 10, seconds_per_token: 300 }
}

fn codes_key(user: UserId) -> String {
    format!("second-factor:account:{user}")
}

/// A hundred tries in a row from one address, then one a second: many people share one.
fn address(client: &Client) -> Bucket {
    Bucket { key: format!("login:address:{}", client.address_text()), capacity: 100, seconds_per_token: 1 }
}

/// Counts a try at an account's password.
pub async fn count_login(db: &Db, client: &Client, email: &Email) -> Result<()> {
    count(db, vec![account(email), address(client)]).await
}

/// Counts a try at an account's second factor.
pub async fn count_code(db: &Db, client: &Client, user: UserId) -> Result<()> {
    count(db, vec![codes(user), address(client)]).await
}

/// Counts a mail that a stranger can have sent to somebody: three in a row to one address, then one every ten
/// minutes, whether an account has the address or not. The addresses are different ones.
pub async fn count_mail(db: &Db, client: &Client, recipients: &[&Email]) -> Result<()> {
    let bucket = |email: &&Email| Bucket {
        key: format!("mail:recipient:{email}"),
        capacity: 3,
        seconds_per_token: 600,
    };
    let mut buckets: Vec<_> = recipients.iter().map(bucket).collect();
    buckets.push(address(client));
    count(db, buckets).await
}

/// Counts a look at all that is kept about an account: five in a row, then one a minute.
pub async fn count_export(db: &Db, account: UserId) -> Result<()> {
    count(db, vec![Bucket { key: format!("export:account:{account}"), capacity: 5, seconds_per_token: 60 }])
        .await
}

/// Counts a try that names no account: a set-up link, a link of a mail, a refresh token.
pub async fn count_anonymous(db: &Db, client: &Client) -> Result<()> {
    count(db, vec![address(client)]).await
}

/// The owner has signed in: their earlier slips are forgotten.
pub async fn forget(db: &Db, email: &Email) -> Result<()> {
    Ok(rate_limit::forget(db, &account_key(email)).await?)
}

/// The owner's code was right: the earlier ones are forgotten.
pub async fn forget_codes(db: &Db, user: UserId) -> Result<()> {
    Ok(rate_limit::forget(db, &codes_key(user)).await?)
}

async fn count(db: &Db, buckets: Vec<Bucket>) -> Result<()> {
    match rate_limit::take(db, buckets, clock::now()).await? {
        None => Ok(()),
        Some(retry_after) => Err(Error::RateLimited { retry_after }),
    }
}
