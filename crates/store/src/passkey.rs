//! Passkeys: added, listed, renamed, removed, and found when they sign.
//!
//! What the library of WebAuthn makes of keys and states is text here, in base64url: `login` alone understands it.

use chrono::{DateTime, Utc};
use contract::{Passkey, PasskeyId, PasskeyName, PasskeyTransport, UserId, UserStatus};
use credentials::RecoveryCode;
use platform::db::{Db, DbError, Parameter};
use serde::{Deserialize, Serialize};

use crate::{
    email_link::Reader,
    outbox::OutgoingMail,
    second_factor::{Credential, hashes},
    statements,
};

statements! {
    // The handle is made once.
    BEGIN [Login] = "
        UPDATE users SET passkey_handle = coalesce(passkey_handle, $2) WHERE id = $1
        RETURNING jsonb_build_object('handle', passkey_handle, 'passkeys', second_factors(id) -> 'passkeys')";
    ADD [Login] = "SELECT add_passkey($1, $2, $3, $4, $5, instant($6))";
    LIST [Login] = "SELECT passkey_document(passkeys) FROM passkeys WHERE user_id = $1 ORDER BY id DESC";
    FIND [Login] = "SELECT passkey_document(passkeys) FROM passkeys WHERE id = $1 AND user_id = $2";
    RENAME [Login] = "
        UPDATE passkeys SET name = $3 WHERE id = $1 AND user_id = $2 RETURNING passkey_document(passkeys)";
    REMOVE [Login] = "SELECT to_jsonb(remove_passkey($1, $2, $3, instant($4)))";
    FIND_SIGNER [Login] = "
        SELECT jsonb_build_object('user_id', users.id, 'email', email, 'display_name', display_name,
            'locale', locale, 'status', status, 'handle', passkey_handle, 'id', passkeys.id, 'name', name,
            'credential_id', credential_id, 'static_state', static_state, 'dynamic_state', dynamic_state)
        FROM passkeys JOIN users ON users.id = user_id
        WHERE credential_id = $1";
}

/// What a new passkey is made for.
#[derive(Deserialize)]
pub struct Beginning {
    /// What authenticators know the account by.
    pub handle: String,
    /// The passkeys that it has, so that no authenticator makes a second one.
    pub passkeys: Vec<Credential>,
}

/// Gives the account that handle, unless it has one.
pub async fn begin(db: &Db, user: UserId, handle: &str) -> Result<Beginning, DbError> {
    db.fetch_one(&BEGIN, vec![user.into(), handle.into()]).await
}

/// A passkey to be added.
#[derive(Serialize)]
pub struct NewPasskey {
    /// Its id.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: PasskeyName,
    /// What the authenticator made.
    #[serde(flatten)]
    pub key: NewKey,
}

/// What an authenticator made.
#[derive(Serialize)]
pub struct NewKey {
    /// Its own id of it.
    pub credential_id: String,
    /// How it is reached.
    pub transports: Vec<PasskeyTransport>,
    /// The public key.
    pub static_state: String,
    /// What changes with each use.
    pub dynamic_state: String,
    /// Whether there is a copy of it.
    pub backed_up: bool,
}

/// How adding a passkey ended.
#[derive(Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Addition {
    /// It is there, and its owner is told.
    Done {
        /// The passkey.
        passkey: Passkey,
        /// Whether it is the first second factor: the recovery codes are the account's then.
        first: bool,
    },
    /// It is an account's already.
    PasskeyTaken,
    /// The account has as many as it may have.
    TooManyPasskeys,
}

/// Adds a passkey, and the recovery codes where it is the account's first second factor.
pub async fn add(
    db: &Db,
    user: UserId,
    passkey: &NewPasskey,
    recovery_codes: &[RecoveryCode],
    mail: &OutgoingMail,
    now: DateTime<Utc>,
) -> Result<Addition, DbError> {
    let parameters = vec![
        user.into(),
        Parameter::json(passkey),
        i64::from(Passkey::MOST).into(),
        hashes(recovery_codes),
        mail.into(),
        now.into(),
    ];
    db.fetch_one(&ADD, parameters).await
}

/// An account's passkeys, the newest first.
pub async fn list(db: &Db, owner: UserId) -> Result<Vec<Passkey>, DbError> {
    db.fetch_all(&LIST, vec![owner.into()]).await
}

/// A passkey of that account.
pub async fn find(db: &Db, passkey: PasskeyId, owner: UserId) -> Result<Option<Passkey>, DbError> {
    db.fetch_optional(&FIND, vec![passkey.into(), owner.into()]).await
}

/// Calls a passkey of that account something else; `None` where there is none.
pub async fn rename(
    db: &Db,
    passkey: PasskeyId,
    owner: UserId,
    name: &PasskeyName,
) -> Result<Option<Passkey>, DbError> {
    db.fetch_optional(&RENAME, vec![passkey.into(), owner.into(), name.as_str().into()]).await
}

/// How removing a passkey ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Removal {
    /// It is gone, and its owner is told.
    Done,
    /// The account has no such passkey.
    NotFound,
    /// It stays: a role demands a second factor, and there is no other.
    LastSecondFactor,
}

/// Removes a passkey of that account.
pub async fn remove(
    db: &Db,
    passkey: PasskeyId,
    owner: UserId,
    mail: &OutgoingMail,
    now: DateTime<Utc>,
) -> Result<Removal, DbError> {
    db.fetch_one(&REMOVE, vec![owner.into(), passkey.into(), mail.into(), now.into()]).await
}

/// A passkey that has signed something, perhaps.
#[derive(Deserialize)]
pub struct Signer {
    /// Whose it is.
    #[serde(flatten)]
    pub owner: Reader,
    /// Whether the account may be used.
    pub status: UserStatus,
    /// What authenticators know the account by.
    pub handle: String,
    /// Its id.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: PasskeyName,
    /// The authenticator's own id of it.
    pub credential_id: String,
    /// The public key.
    pub static_state: String,
    /// What changes with each use.
    pub dynamic_state: String,
}

/// The passkey that an authenticator calls so.
pub async fn find_signer(db: &Db, credential_id: &str) -> Result<Option<Signer>, DbError> {
    db.fetch_optional(&FIND_SIGNER, vec![credential_id.into()]).await
}
