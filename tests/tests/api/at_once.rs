//! Two requests at the very same moment: both have come as far as the database, and wait there for the same lock.

use tests::{App, Call, Response};

/// What every change to who administers takes.
pub const ADMINISTRATORS: &str = "SELECT pg_advisory_xact_lock(hashtext('administrators'))";
/// What every use of a mailed link takes.
pub const EMAIL_LINKS: &str = "SELECT FROM email_links FOR UPDATE";
/// What every refresh takes.
pub const REFRESH_TOKENS: &str = "SELECT FROM refresh_tokens FOR UPDATE";
/// What every change of an account's second factors takes.
pub const SECOND_FACTORS: &str = "SELECT FROM users FOR NO KEY UPDATE";
/// What every API key that is made takes.
pub const API_KEYS: &str = SECOND_FACTORS;
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
