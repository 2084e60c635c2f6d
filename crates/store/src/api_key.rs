//! API keys, as their owners see them. Who uses one is found by [`Caller`](crate::Caller).

use chrono::{DateTime, Utc};
use contract::{ApiKey, ApiKeyId, NewApiKey, UserId};
use credentials::TokenHash;
use platform::db::{Db, DbError};
use uuid::Uuid;

use crate::{outbox::OutgoingMail, statements};

/// The most keys of an account, expired ones included.
const MOST: i64 = 50;

statements! {
    CREATE [Login] = "SELECT create_api_key($1, $2, $3, $4, $5, instant($6), instant($7), $8, $9)";
    LIST [Login] = "SELECT to_jsonb(api_keys) - 'hash' FROM api_keys WHERE user_id = $1 ORDER BY id DESC";
    FIND [Login] = "SELECT to_jsonb(api_keys) - 'hash' FROM api_keys WHERE id = $1 AND user_id = $2";
    DELETE [Login] = "
        WITH key AS (DELETE FROM api_keys WHERE id = $1 AND user_id = $2 RETURNING id)
        SELECT to_jsonb(enqueue_mail($3, instant($4))) FROM key";
}

/// A key to be made.
pub struct NewKey<'a> {
    /// Its id.
    pub id: ApiKeyId,
    /// Whose it is.
    pub owner: UserId,
    /// What its owner says of it.
    pub new: &'a NewApiKey,
    /// The hash of the key itself.
    pub hash: TokenHash,
    /// When it is made.
    pub now: DateTime<Utc>,
    /// When it expires.
    pub expires_at: DateTime<Utc>,
}

/// Makes a key and tells its owner; `None` where the account has as many as it may have.
pub async fn create(db: &Db, key: &NewKey<'_>, mail: &OutgoingMail) -> Result<Option<ApiKey>, DbError> {
    let parameters = vec![
        key.id.into(),
        key.owner.into(),
        (&key.new.name).into(),
        key.hash.into(),
        key.new.scopes.as_slice().into(),
        key.now.into(),
        key.expires_at.into(),
        mail.into(),
        MOST.into(),
    ];
    db.fetch_optional(&CREATE, parameters).await
}

/// An account's keys, the newest first.
pub async fn list(db: &Db, owner: UserId) -> Result<Vec<ApiKey>, DbError> {
    db.fetch_all(&LIST, vec![owner.into()]).await
}

/// A key of that account.
pub async fn find(db: &Db, key: ApiKeyId, owner: UserId) -> Result<Option<ApiKey>, DbError> {
    db.fetch_optional(&FIND, vec![key.into(), owner.into()]).await
}

/// Deletes a key of that account and tells its owner; `false` where there is none.
pub async fn delete(
    db: &Db,
    key: ApiKeyId,
    owner: UserId,
    mail: &OutgoingMail,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let parameters = vec![key.into(), owner.into(), mail.into(), now.into()];
    Ok(db.fetch_optional::<Uuid>(&DELETE, parameters).await?.is_some())
}
