//! What browsers were asked, until they answer.

use chrono::{DateTime, Utc};
use credentials::TokenHash;
use platform::db::{Db, DbError};

use crate::statements;

statements! {
    // Anybody may begin one: each takes some of those with it that nobody has finished.
    BEGIN [Login] = "
        WITH expired AS (
            DELETE FROM passkey_ceremonies WHERE hash IN (
                SELECT hash FROM passkey_ceremonies WHERE expires_at <= instant($4)
                ORDER BY expires_at LIMIT 20 FOR UPDATE SKIP LOCKED)
        )
        INSERT INTO passkey_ceremonies (hash, occasion, state, expires_at) VALUES ($1, $2, $3, instant($5))";
    FINISH [Login] = "
        DELETE FROM passkey_ceremonies WHERE hash = $1 AND occasion = $2 AND expires_at > instant($3)
        RETURNING to_jsonb(state)";
}

/// A ceremony to be begun.
pub struct NewCeremony<'a> {
    /// The hash of its token.
    pub token: TokenHash,
    /// What it is good for.
    pub occasion: &'a str,
    /// What there is to know again.
    pub state: &'a str,
    /// When it begins.
    pub now: DateTime<Utc>,
    /// Until when it can be finished.
    pub expires_at: DateTime<Utc>,
}

/// Keeps what a browser was asked.
pub async fn begin(db: &Db, ceremony: NewCeremony<'_>) -> Result<(), DbError> {
    let parameters = vec![
        ceremony.token.into(),
        ceremony.occasion.into(),
        ceremony.state.into(),
        ceremony.now.into(),
        ceremony.expires_at.into(),
    ];
    db.execute(&BEGIN, parameters).await.map(|_| ())
}

/// What a browser was asked on that occasion, once; `None` where it is unknown, finished or expired.
pub async fn finish(
    db: &Db,
    token: TokenHash,
    occasion: &str,
    now: DateTime<Utc>,
) -> Result<Option<String>, DbError> {
    db.fetch_optional(&FINISH, vec![token.into(), occasion.into(), now.into()]).await
}
