//! Authenticator apps: set up, turned on, turned off.

use chrono::{DateTime, Utc};
use contract::UserId;
use credentials::{RecoveryCode, SealedSecret};
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::{outbox::OutgoingMail, second_factor::hashes, statements};

statements! {
    BEGIN [Login] = "
        INSERT INTO totp_enrolments (user_id, sealed_secret) VALUES ($1, $2)
        ON CONFLICT (user_id) DO UPDATE SET sealed_secret = excluded.sealed_secret";
    FIND_BEGUN [Login] = "SELECT to_jsonb(sealed_secret) FROM totp_enrolments WHERE user_id = $1";
    CONFIRM [Login] = "SELECT to_jsonb(confirm_totp($1, $2, $3, $4, $5, instant($6)))";
    REMOVE [Login] = "SELECT to_jsonb(remove_totp($1, $2, instant($3)))";
}

/// Begins to set up an app; what was begun before is forgotten.
pub async fn begin(db: &Db, user: UserId, secret: &SealedSecret) -> Result<(), DbError> {
    db.execute(&BEGIN, vec![user.into(), secret.into()]).await.map(|_| ())
}

/// The secret of the app that is being set up.
pub async fn find_begun(db: &Db, user: UserId) -> Result<Option<SealedSecret>, DbError> {
    db.fetch_optional(&FIND_BEGUN, vec![user.into()]).await
}

/// An app whose code of a time step was right.
pub struct Confirmation<'a> {
    /// The secret that the code was compared with.
    pub secret: &'a SealedSecret,
    /// The time step, so spent.
    pub step: i64,
    /// The account's recovery codes from now on.
    pub recovery_codes: &'a [RecoveryCode],
    /// What the owner is told.
    pub mail: &'a OutgoingMail,
}

/// Turns the app on that is being set up; answers `false` where it is another by now.
pub async fn confirm(
    db: &Db,
    user: UserId,
    confirmation: Confirmation<'_>,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let parameters = vec![
        user.into(),
        confirmation.secret.into(),
        confirmation.step.into(),
        hashes(confirmation.recovery_codes),
        confirmation.mail.into(),
        now.into(),
    ];
    db.fetch_one(&CONFIRM, parameters).await
}

/// How turning an app off ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Removal {
    /// It is off, and its owner is told.
    Done,
    /// It wasn't on.
    Off,
    /// It stays on: a role demands a second factor, and there is no other.
    LastSecondFactor,
}

/// Turns an account's app off.
pub async fn remove(
    db: &Db,
    user: UserId,
    mail: &OutgoingMail,
    now: DateTime<Utc>,
) -> Result<Removal, DbError> {
    db.fetch_one(&REMOVE, vec![user.into(), mail.into(), now.into()]).await
}
