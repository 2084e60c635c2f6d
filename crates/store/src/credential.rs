//! What proves an account: read by `login` alone.

use chrono::{DateTime, Utc};
use contract::{Email, SessionId, UserId, UserStatus};
use credentials::PasswordHash;
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::{email_link::Reader, outbox::OutgoingMail, second_factor::Factors, statements};

statements! {
    FIND [Login] = "
        SELECT jsonb_build_object('user_id', users.id, 'email', email, 'display_name', display_name,
            'locale', locale, 'status', users.status, 'password_hash', hash,
            'factors', second_factors(users.id),
            'known_network', EXISTS (SELECT FROM sessions WHERE user_id = users.id AND last_used_at > instant($3)
                                     AND $2 IN (coalesce(network, address), last_network)))
        FROM users JOIN password_credentials ON password_credentials.user_id = users.id
        WHERE email = $1";
    // The password may have been reset while it was being checked. Other applications' access goes as the other sessions
    // do, what they got in the kept one too.
    CHANGE [Login] = "
        WITH account AS (
            SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE
        ), admitted AS (
            SELECT id FROM account WHERE password_stands(id, $6)
        ), revoked AS (
            UPDATE oauth_grants SET revoked_at = instant($5)
            FROM admitted WHERE user_id = admitted.id AND revoked_at IS NULL
        )
        SELECT set_password(id, $2, $3, $4, instant($5)) FROM admitted";
}

/// An account and the hash of its password.
#[derive(Deserialize)]
pub struct PasswordCredential {
    /// Whose.
    #[serde(flatten)]
    pub owner: Reader,
    /// Whether the account may be used.
    pub status: UserStatus,
    /// A PHC string.
    pub password_hash: String,
    /// What is asked for beside the password.
    pub factors: Factors,
    /// Whether the account had a session from the network that is asked about.
    pub known_network: bool,
}

/// A password that was right.
#[derive(Clone, Copy)]
pub struct VerifiedPassword<'a> {
    /// The hash that it was compared with: where that is another by now, the password is.
    pub hash: &'a str,
    /// Its new hash, where the parameters were of another day.
    pub upgraded_hash: Option<&'a PasswordHash>,
}

/// The credential of the account with that address, and whether the account was used from that network since.
pub async fn find(
    db: &Db,
    email: &Email,
    network: &str,
    since: DateTime<Utc>,
) -> Result<Option<PasswordCredential>, DbError> {
    db.fetch_optional(&FIND, vec![email.into(), network.into(), since.into()]).await
}

/// A password in place of one that was right.
pub struct NewPassword<'a> {
    /// The hash that the old one was compared with.
    pub verified: &'a PasswordHash,
    /// The new one's.
    pub new: &'a PasswordHash,
}

/// Changes an account's password, ends its other sessions and tells its owner; answers the ended sessions, `None` where the
/// old password is another by now.
pub async fn change(
    db: &Db,
    user: UserId,
    kept_session: SessionId,
    password: NewPassword<'_>,
    mail: &OutgoingMail,
    now: DateTime<Utc>,
) -> Result<Option<Vec<SessionId>>, DbError> {
    let NewPassword { verified, new } = password;
    let parameters =
        vec![user.into(), kept_session.into(), new.into(), mail.into(), now.into(), verified.into()];
    db.fetch_optional(&CHANGE, parameters).await
}
