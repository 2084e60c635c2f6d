//! The links that mails carry.

use chrono::{DateTime, Utc};
use contract::{DisplayName, Email, Locale, SessionId, UserId};
use credentials::{PasswordHash, TokenHash};
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::{outbox::OutgoingMail, statements};

statements! {
    FIND_READER [Login] = "
        SELECT jsonb_build_object('user_id', id, 'email', email, 'display_name', display_name, 'locale', locale)
        FROM users WHERE email = $1 AND status = 'active'";
    // A locked account has its address too.
    FIND_HOLDER [Login] = "
        SELECT jsonb_build_object('user_id', id, 'email', email, 'display_name', display_name, 'locale', locale)
        FROM users WHERE email = $1";
    // Without an account it writes nothing, and so takes a little less.
    ISSUE_PASSWORD_RESET [Login] = "
        WITH link AS (
            INSERT INTO email_links (hash, purpose, user_id, email, issued_at, expires_at)
            SELECT $2, 'password_reset', id, email, instant($4), instant($5) FROM users WHERE id = $1
            RETURNING hash
        )
        SELECT to_jsonb(enqueue_mail($3, instant($4))) FROM link";
    READER_OF [Login] = "
        SELECT jsonb_build_object('user_id', users.id, 'email', users.email, 'display_name', display_name,
            'locale', locale)
        FROM email_links JOIN users ON users.id = user_id
        WHERE hash = $1 AND purpose = 'password_reset' AND used_at IS NULL AND expires_at > instant($2)";
    RESET_PASSWORD [Login] = "SELECT reset_password($1, $2, $3, instant($4))";
}

/// Whom a mail is written to.
#[derive(Debug, Clone, Deserialize)]
pub struct Reader {
    /// The account.
    pub user_id: UserId,
    /// Its address.
    pub email: Email,
    /// Its name.
    pub display_name: DisplayName,
    /// Its language, where one was chosen.
    pub locale: Option<Locale>,
}

/// The active account with that address.
pub async fn find_reader(db: &Db, email: &Email) -> Result<Option<Reader>, DbError> {
    db.fetch_optional(&FIND_READER, vec![email.into()]).await
}

/// The account with that address, locked or not.
pub async fn find_holder(db: &Db, email: &Email) -> Result<Option<Reader>, DbError> {
    db.fetch_optional(&FIND_HOLDER, vec![email.into()]).await
}

/// Issues a link to choose a new password, and puts the mail that carries it into the outbox.
pub async fn issue_password_reset(
    db: &Db,
    account: Option<UserId>,
    link: TokenHash,
    mail: &OutgoingMail,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), DbError> {
    let parameters = vec![account.into(), link.into(), mail.into(), now.into(), expires_at.into()];
    db.execute(&ISSUE_PASSWORD_RESET, parameters).await.map(|_| ())
}

/// Whose link it is, where it is still good.
pub async fn reader_of(db: &Db, link: TokenHash, now: DateTime<Utc>) -> Result<Option<Reader>, DbError> {
    db.fetch_optional(&READER_OF, vec![link.into(), now.into()]).await
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
enum Reset {
    Done { ended_sessions: Vec<SessionId> },
    LinkInvalid,
}

/// Spends the link on a new password; answers the sessions that ended, or `None` where the link isn't good.
pub async fn reset_password(
    db: &Db,
    link: TokenHash,
    password: &PasswordHash,
    mail: &OutgoingMail,
    now: DateTime<Utc>,
) -> Result<Option<Vec<SessionId>>, DbError> {
    let parameters = vec![link.into(), password.into(), mail.into(), now.into()];
    Ok(match db.fetch_one(&RESET_PASSWORD, parameters).await? {
        Reset::Done { ended_sessions } => Some(ended_sessions),
        Reset::LinkInvalid => None,
    })
}
