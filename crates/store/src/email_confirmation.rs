//! Links that prove an address: the account's own, or the one that is to replace it.

use chrono::{DateTime, Utc};
use contract::{Email, UserId};
use credentials::TokenHash;
use platform::db::{Db, DbError, Parameter};
use serde::Deserialize;

use crate::{email_link::Reader, outbox::OutgoingMail, statements};

statements! {
    // For the address of another account too, where nobody is told the link: all looks the same from outside.
    ISSUE [Login] = "
        WITH replaced AS (
            UPDATE email_links SET used_at = instant($5)
            WHERE user_id = $1 AND purpose = 'email_confirmation' AND used_at IS NULL
        ), link AS (
            INSERT INTO email_links (hash, purpose, user_id, email, replaces, issued_at, expires_at)
            SELECT $2, 'email_confirmation', id, $3, email, instant($5), instant($6) FROM users WHERE id = $1
        )
        SELECT to_jsonb(enqueue_mails($4, instant($5)))";
    FIND [Login] = "
        SELECT jsonb_build_object('email', email_links.email, 'owner', jsonb_build_object('user_id', users.id,
            'email', users.email, 'display_name', display_name, 'locale', locale))
        FROM email_links JOIN users ON users.id = user_id
        WHERE hash = $1 AND purpose = 'email_confirmation' AND used_at IS NULL AND expires_at > instant($2)";
    CONFIRM [Login] = "SELECT confirm_email($1, $2, instant($3))";
}

/// Issues a link that proves an address, in place of an earlier one, and puts the mails into the outbox.
pub async fn issue(
    db: &Db,
    account: UserId,
    link: TokenHash,
    email: &Email,
    mails: &[OutgoingMail],
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), DbError> {
    let parameters = vec![
        account.into(),
        link.into(),
        email.into(),
        Parameter::json(&mails),
        now.into(),
        expires_at.into(),
    ];
    db.execute(&ISSUE, parameters).await.map(|_| ())
}

/// What a link proves.
#[derive(Deserialize)]
pub struct Confirmation {
    /// The address.
    pub email: Email,
    /// The account that it is for, with the address that it has until then.
    pub owner: Reader,
}

/// What the link proves, where it is still good.
pub async fn find(db: &Db, link: TokenHash, now: DateTime<Utc>) -> Result<Option<Confirmation>, DbError> {
    db.fetch_optional(&FIND, vec![link.into(), now.into()]).await
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
enum Answer {
    Done,
    LinkInvalid,
}

/// Spends the link; answers whether it was good. It is not where another account has got the address meanwhile. The
/// mails are for a change of address.
pub async fn confirm(
    db: &Db,
    link: TokenHash,
    mails: &[OutgoingMail],
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    match db.fetch_one(&CONFIRM, vec![link.into(), Parameter::json(&mails), now.into()]).await {
        Ok(answer) => Ok(matches!(answer, Answer::Done)),
        Err(error) if error.violates(crate::users::EMAIL_KEY) => Ok(false),
        Err(error) => Err(error),
    }
}
