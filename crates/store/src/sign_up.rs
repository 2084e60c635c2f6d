//! Accounts that begin with a mailed link: sign-ups, and invitations that are accepted.

use chrono::{DateTime, Utc};
use contract::{Email, SignUp, UserId};
use credentials::{PasswordHash, TokenHash};
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::{
    outbox::OutgoingMail,
    statements,
    users::{EMAIL_KEY, ROLE_KEY},
};

statements! {
    // To an address with an account it is the mail alone.
    ISSUE [Login] = "
        WITH link AS (
            INSERT INTO email_links (hash, purpose, email, issued_at, expires_at)
            SELECT $2, 'sign_up', $1, instant($4), instant($5)
            WHERE NOT EXISTS (SELECT FROM users WHERE email = $1)
            ON CONFLICT (email, purpose) WHERE user_id IS NULL DO UPDATE SET
                hash = excluded.hash, issued_at = excluded.issued_at, expires_at = excluded.expires_at
        )
        SELECT to_jsonb(enqueue_mail($3, instant($4)))";
    FIND [Login] = "
        SELECT jsonb_build_object('email', email, 'invited', purpose = 'invitation')
        FROM email_links
        WHERE hash = $1 AND purpose IN ('sign_up', 'invitation') AND expires_at > instant($2)";
    COMPLETE [Login] = "SELECT complete_sign_up($1, $2, $3, $4, instant($5))";
}

/// Issues a link to make an account, in place of an earlier one, and puts the mail into the outbox; the mail alone
/// where the address has an account.
pub async fn issue(
    db: &Db,
    email: &Email,
    link: TokenHash,
    mail: &OutgoingMail,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), DbError> {
    let parameters = vec![email.into(), link.into(), mail.into(), now.into(), expires_at.into()];
    db.execute(&ISSUE, parameters).await.map(|_| ())
}

/// An account that a link is for.
#[derive(Deserialize)]
pub struct Pending {
    /// Its address.
    pub email: Email,
    /// Whether somebody has invited its owner.
    pub invited: bool,
}

/// What the link is for, where it is still good.
pub async fn find(db: &Db, link: TokenHash, now: DateTime<Utc>) -> Result<Option<Pending>, DbError> {
    db.fetch_optional(&FIND, vec![link.into(), now.into()]).await
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
enum Completion {
    Done,
    LinkInvalid,
}

/// Spends the link on the account; answers whether it was good. It is not where the address has got an account
/// meanwhile, or the inviter could not give the roles any more.
pub async fn complete(
    db: &Db,
    link: TokenHash,
    id: UserId,
    sign_up: &SignUp,
    password: &PasswordHash,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let parameters =
        vec![link.into(), id.into(), (&sign_up.display_name).into(), password.into(), now.into()];
    match db.fetch_one(&COMPLETE, parameters).await {
        Ok(completion) => Ok(matches!(completion, Completion::Done)),
        Err(error) if error.violates(EMAIL_KEY) || error.violates(ROLE_KEY) => Ok(false),
        Err(error) => Err(error),
    }
}
