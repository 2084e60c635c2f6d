//! Sign-ins between the password and the second factor.

use chrono::{DateTime, Utc};
use contract::UserId;
use credentials::TokenHash;
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::{
    credential::VerifiedPassword,
    email_link::Reader,
    second_factor::{Factors, MatchingCode},
    statements,
};

statements! {
    // The password may have been changed while it was being checked. The account's expired ones go, without waiting for
    // the tick.
    ISSUE [Login] = "
        WITH account AS (
            SELECT id FROM users WHERE id = $2 FOR NO KEY UPDATE
        ), admitted AS (
            SELECT id FROM account WHERE password_stands(id, $7)
        ), expired AS (
            DELETE FROM second_factor_challenges USING admitted
            WHERE user_id = admitted.id AND expires_at <= instant($5)
        ), upgraded AS (
            UPDATE password_credentials SET hash = $3::text, updated_at = instant($5)
            FROM admitted WHERE user_id = admitted.id AND $3::text IS NOT NULL
        )
        INSERT INTO second_factor_challenges (hash, user_id, expires_at, attempts_left)
        SELECT $1, id, instant($6), $4 FROM admitted";
    // Counted before the code is looked at, so that many at once are no more than one after the other.
    TRY [Login] = "
        WITH tried AS (
            UPDATE second_factor_challenges SET attempts_left = attempts_left - 1
            WHERE hash = $1 AND attempts_left > 0 AND expires_at > instant($2)
            RETURNING user_id
        )
        SELECT jsonb_build_object('user_id', users.id, 'email', email, 'display_name', display_name,
            'locale', locale, 'factors', second_factors(users.id),
            'password_hash', (SELECT hash FROM password_credentials WHERE user_id = users.id))
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
    /// The password, where that was the first proof.
    pub password: Option<VerifiedPassword<'a>>,
    /// How many codes may be tried.
    pub attempts: i32,
    /// When it is issued.
    pub now: DateTime<Utc>,
    /// Until when it can be solved.
    pub expires_at: DateTime<Utc>,
}

/// Issues a challenge to an account that has given its first proof; answers whether that is still one.
pub async fn issue(db: &Db, challenge: NewChallenge<'_>) -> Result<bool, DbError> {
    let parameters = vec![
        challenge.token.into(),
        challenge.user_id.into(),
        challenge.password.and_then(|password| password.upgraded_hash).into(),
        challenge.attempts.into(),
        challenge.now.into(),
        challenge.expires_at.into(),
        challenge.password.map(|password| password.hash).into(),
    ];
    db.execute(&ISSUE, parameters).await.map(|issued| issued > 0)
}

/// Somebody's try at a challenge.
#[derive(Deserialize)]
pub struct Attempt {
    /// Whose sign-in it is.
    #[serde(flatten)]
    pub reader: Reader,
    /// What the account can answer with.
    pub factors: Factors,
    /// The account's password, which is the one that the challenge stands on: it ends with that.
    pub password_hash: Option<String>,
}

impl Attempt {
    /// The password that went before, as far as is known of it.
    pub fn password(&self) -> Option<VerifiedPassword<'_>> {
        let hash = self.password_hash.as_deref();
        hash.map(|hash| VerifiedPassword { hash, upgraded_hash: None })
    }
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
