//! Accounts elsewhere that people sign in with.

use chrono::{DateTime, Utc};
use contract::{Email, Identity, IdentityId, IdentityProviderId, UserId, UserStatus};
use platform::db::{Db, DbError, Parameter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{email_link::Reader, outbox::OutgoingMail, second_factor::Factors, statements};

/// The name of the constraint that keeps an identity one account's.
const SUBJECT_KEY: &str = "identities_subject_key";

/// An account that somebody else vouches for.
macro_rules! account {
    () => {
        "jsonb_build_object('user_id', users.id, 'email', users.email, 'display_name', display_name,
            'locale', locale, 'status', users.status, 'factors', second_factors(users.id),
            'email_proven', verified_email IS NOT DISTINCT FROM users.email)"
    };
}

statements! {
    USE [Login] = concat!(
        "WITH used AS (
            UPDATE identities SET last_used_at = instant($4), email = coalesce($3, email)
            WHERE issuer = $1 AND subject = $2
            RETURNING user_id
        )
        SELECT ", account!(), " FROM used JOIN users ON users.id = used.user_id"
    );
    FIND_BY_EMAIL [Login] = concat!("SELECT ", account!(), " FROM users WHERE email = $1");
    LINK [Login] = "SELECT to_jsonb(link_identity($1, $2, $3, $4, instant($5)))";
    SIGN_UP [Login] = "SELECT to_jsonb(sign_up_with_identity($1, $2, $3, $4, $5, $6, instant($7)))";
    IS_OF [Login] = "
        SELECT to_jsonb(EXISTS (SELECT FROM identities WHERE issuer = $1 AND subject = $2 AND user_id = $3))";
    LIST [Login] = "SELECT to_jsonb(identities) FROM identities WHERE user_id = $1 ORDER BY id";
    FIND [Login] = "SELECT to_jsonb(identities) FROM identities WHERE id = $1 AND user_id = $2";
    UNLINK [Login] = "
        WITH identity AS (
            DELETE FROM identities WHERE id = $1 AND user_id = $2 RETURNING user_id, issuer, subject
        ), remembered AS (
            INSERT INTO unlinked_identities (user_id, issuer, subject, unlinked_at)
            SELECT user_id, issuer, subject, instant($4) FROM identity
            ON CONFLICT DO NOTHING
        )
        SELECT to_jsonb(enqueue_mail($3, instant($4))) FROM identity";
}

/// An account that somebody else vouches for.
#[derive(Deserialize)]
pub struct VouchedAccount {
    /// Whose.
    #[serde(flatten)]
    pub owner: Reader,
    /// Whether the account may be used.
    pub status: UserStatus,
    /// What is asked for beside.
    pub factors: Factors,
    /// Whether the account has itself proven its address.
    pub email_proven: bool,
}

/// The account of an identity, which is so used; `email` is what the provider tells this time.
pub async fn find_account(
    db: &Db,
    issuer: &str,
    subject: &str,
    email: Option<&Email>,
    now: DateTime<Utc>,
) -> Result<Option<VouchedAccount>, DbError> {
    db.fetch_optional(&USE, vec![issuer.into(), subject.into(), email.into(), now.into()]).await
}

/// The account with that address.
pub async fn find_account_by_email(db: &Db, email: &Email) -> Result<Option<VouchedAccount>, DbError> {
    db.fetch_optional(&FIND_BY_EMAIL, vec![email.into()]).await
}

/// An identity to be linked.
#[derive(Serialize)]
pub struct NewIdentity<'a> {
    /// Its id here.
    pub id: IdentityId,
    /// Who is asked about it.
    pub provider: IdentityProviderId,
    /// Who vouches for it.
    pub issuer: &'a str,
    /// Its name there.
    pub subject: &'a str,
    /// The address that the provider tells.
    pub email: Option<&'a Email>,
}

impl From<&NewIdentity<'_>> for Parameter {
    fn from(identity: &NewIdentity<'_>) -> Self {
        Self::json(identity)
    }
}

/// How linking ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Linking {
    /// It is linked, and the owner is told.
    Linked,
    /// It was linked to this account already.
    LinkedBefore,
    /// It is another account's, or may not be linked to this one so.
    Refused,
}

/// Links an identity to an account: to its owner's wish, or by the address that the provider has verified, where
/// the account has that and has proven it, and the owner has not unlinked that identity.
pub async fn link(
    db: &Db,
    account: UserId,
    identity: &NewIdentity<'_>,
    proven_email: Option<&Email>,
    mail: &OutgoingMail,
    now: DateTime<Utc>,
) -> Result<Linking, DbError> {
    let parameters = vec![account.into(), identity.into(), proven_email.into(), mail.into(), now.into()];
    db.fetch_one(&LINK, parameters).await
}

/// How a sign-up ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignUpOutcome {
    /// The account is there, and its owner is told.
    Done,
    /// Another request has taken the address or the identity at this very moment.
    Taken,
    /// There is no administrator yet.
    NotSetUp,
}

/// Makes an account without a password, whose address the provider has verified.
pub async fn sign_up(
    db: &Db,
    owner: &Reader,
    identity: &NewIdentity<'_>,
    mail: &OutgoingMail,
    now: DateTime<Utc>,
) -> Result<SignUpOutcome, DbError> {
    let parameters = vec![
        owner.user_id.into(),
        (&owner.email).into(),
        (&owner.display_name).into(),
        owner.locale.into(),
        identity.into(),
        mail.into(),
        now.into(),
    ];
    match db.fetch_one(&SIGN_UP, parameters).await {
        Err(error) if error.violates(SUBJECT_KEY) => Ok(SignUpOutcome::Taken),
        outcome => outcome,
    }
}

/// Whether an identity is linked to that account.
pub async fn is_of(db: &Db, issuer: &str, subject: &str, account: UserId) -> Result<bool, DbError> {
    db.fetch_one(&IS_OF, vec![issuer.into(), subject.into(), account.into()]).await
}

/// An account's identities, the oldest first.
pub async fn list(db: &Db, owner: UserId) -> Result<Vec<Identity>, DbError> {
    db.fetch_all(&LIST, vec![owner.into()]).await
}

/// An identity of that account.
pub async fn find(db: &Db, identity: IdentityId, owner: UserId) -> Result<Option<Identity>, DbError> {
    db.fetch_optional(&FIND, vec![identity.into(), owner.into()]).await
}

/// Unlinks an identity of that account, for good unless the owner links it again, and tells them; `false` where there
/// is none.
pub async fn unlink(
    db: &Db,
    identity: IdentityId,
    owner: UserId,
    mail: &OutgoingMail,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let parameters = vec![identity.into(), owner.into(), mail.into(), now.into()];
    Ok(db.fetch_optional::<Uuid>(&UNLINK, parameters).await?.is_some())
}
