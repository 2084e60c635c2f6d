//! Sign-ins between the password and the second factor.

use chrono::{DateTime, Utc};
use contract::UserId;
use credentials::{PasswordHash, TokenHash};
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::{
    email_link::Reader,
    second_factor::{Factors, MatchingCode},
    statements,
};

statements! {
    // The account's expired ones go: nothing else would ever remove them.
    ISSUE [Login] = "
        WITH expired AS (
            DELETE FROM second_factor_challenges WHERE user_id = $2 AND expires_at <= instant($5)
        ), upgraded AS (
            UPDATE password_credentials SET hash = $3::text, updated_at = instant($5)
            WHERE user_id = $2 AND $3::text IS NOT NULL
        )
        INSERT INTO second_factor_challenges (hash, user_id, expires_at, attempts_left)
        VALUES ($1, $2, instant($6), $4)";
    // Counted before the code is looked at, so that many at once are no more than one after the other.
    TRY [Login] = "
        WITH tried AS (
            UPDATE second_factor_challenges SET attempts_left = attempts_left - 1
            WHERE hash = $1 AND attempts_left > 0 AND expires_at > instant($2)
            RETURNING user_id
        )
        SELECT jsonb_build_object('user_id', users.id, 'email', email, 'display_name', display_name,
            'locale', locale, 'factors', second_factors(users.id))
        FROM tried JOIN users ON users.id = tried.user_id";
    FIND [Login] = "
        SELECT jsonb_build_object('user_id', users.id, 'email', email, 'display_name', display_name,
            'locale', locale, 'factors', second_factors(users.id))
        FROM second_factor_challenges JOIN users ON users.id = user_id
        WHERE hash = $1 AND attempts_left > 0 AND expires_at > instant($2)";
    SOLVE [Login] = "SELECT to_jsonb(solve_challenge($1, $2, instant($3)))";
}

/// A challenge to be issued.
pub struct NewChallenge<'a> {
    /// The hash of its token.
    pub token: TokenHash,
    /// Whose sign-in it is.
    pub user_id: UserId,
    /// The password's new hash, where its parameters were of another day.
    pub upgraded_hash: Option<&'a PasswordHash>,
    /// How many codes may be tried.
    pub attempts: i32,
    /// When it is issued.
    pub now: DateTime<Utc>,
    /// Until when it can be solved.
    pub expires_at: DateTime<Utc>,
}

/// Issues a challenge to an account whose password was right.
pub async fn issue(db: &Db, challenge: NewChallenge<'_>) -> Result<(), DbError> {
    let parameters = vec![
        challenge.token.into(),
        challenge.user_id.into(),
        challenge.upgraded_hash.into(),
        challenge.attempts.into(),
        challenge.now.into(),
        challenge.expires_at.into(),
    ];
    db.execute(&ISSUE, parameters).await.map(|_| ())
}

/// Somebody's try at a challenge.
#[derive(Deserialize)]
pub struct Attempt {
    /// Whose sign-in it is.
    #[serde(flatten)]
    pub reader: Reader,
    /// What the account can answer with.
    pub factors: Factors,
}

/// Counts a try; `None` where the challenge is unknown, solved, expired or has been tried too often.
pub async fn try_once(db: &Db, token: TokenHash, now: DateTime<Utc>) -> Result<Option<Attempt>, DbError> {
    db.fetch_optional(&TRY, vec![token.into(), now.into()]).await
}

/// What a challenge asks, without counting; `None` where [`try_once`] would answer so.
pub async fn find(db: &Db, token: TokenHash, now: DateTime<Utc>) -> Result<Option<Attempt>, DbError> {
    db.fetch_optional(&FIND, vec![token.into(), now.into()]).await
}

/// Spends a code on a challenge; answers whether both were good.
pub async fn solve(
    db: &Db,
    token: TokenHash,
    code: &MatchingCode,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    db.fetch_one(&SOLVE, vec![token.into(), code.into(), now.into()]).await
}
