//! Two requests at the very same moment: both have come as far as the database, and wait there for the same lock.

use tests::{App, Call, Response};

/// What every change to who administers takes.
pub const ADMINISTRATORS: &str = "SELECT pg_advisory_xact_lock(hashtext('administrators'))";
/// What every use of a mailed link takes.
pub const EMAIL_LINKS: &str = "SELECT FROM email_links FOR UPDATE";
/// What every exchange of an application takes.
pub const OAUTH_GRANTS: &str = "SELECT FROM oauth_grants FOR UPDATE";
/// What every refresh takes.
pub const REFRESH_TOKENS: &str = "SELECT FROM refresh_tokens FOR UPDATE";
/// What every sign-in and every reset of a password takes.
pub const ACCOUNTS: &str = "SELECT FROM users FOR NO KEY UPDATE";
/// What every new account takes.
pub const NEW_ACCOUNTS: &str = "LOCK TABLE users IN SHARE MODE";
/// What every change of an account's second factors takes.
pub const SECOND_FACTORS: &str = ACCOUNTS;
/// What every API key that is made takes.
pub const API_KEYS: &str = ACCOUNTS;
/// What every code of an authenticator app takes.
pub const TOTP_FACTORS: &str = "SELECT FROM totp_factors FOR UPDATE";
/// What every recovery code takes.
pub const RECOVERY_CODES: &str = "SELECT FROM recovery_codes FOR UPDATE";

/// Sends both while the lock of that statement is held, and lets it go when both wait for it.
pub async fn at_once(app: &App, lock: &str, first: Call, second: Call) -> [Response; 2] {
    let holder = app.database().connect().await;
    holder.batch_execute(&format!("BEGIN; {lock}")).await.unwrap();
    let release = async {
        app.database().wait_for_blocked(2).await;
        holder.batch_execute("COMMIT").await.unwrap();
    };
    let (first, second, ()) = tokio::join!(first.into_future(), second.into_future(), release);
    let mut both = [first, second];
    both.sort_by_key(|response| response.status);
    both
}

/// Sends the second when the first waits for the lock of that statement, and lets it go when both do: they get it in turn.
pub async fn in_turn(app: &App, lock: &str, first: Call, second: Call) -> [Response; 2] {
    let holder = app.database().connect().await;
    holder.batch_execute(&format!("BEGIN; {lock}")).await.unwrap();
    let second = async {
        app.database().wait_for_blocked(1).await;
        second.await
    };
    let release = async {
        app.database().wait_for_blocked(2).await;
        holder.batch_execute("COMMIT").await.unwrap();
    };
    let (first, second, ()) = tokio::join!(first.into_future(), second, release);
    [first, second]
}
