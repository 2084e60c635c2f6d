//! Accounts that are offered; accepting is [`sign_up`](crate::sign_up).

use chrono::{DateTime, Utc};
use contract::{Email, Invitation, InvitationId, UserId};
use credentials::TokenHash;
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::{outbox::OutgoingMail, statements, users::Refusal};

statements! {
    INVITE [Login] = "SELECT invite($1, $2, $3, $4, $5, $6, instant($7), instant($8))";
    // Ids are in the order of inviting. Who got an account by another way is invited no more.
    LIST [Login] = "
        SELECT jsonb_build_object('id', email_links.id, 'email', email_links.email, 'roles', roles,
            'invited_by', users.display_name, 'created_at', issued_at, 'expires_at', expires_at)
        FROM email_links JOIN users ON users.id = invited_by
        WHERE purpose = 'invitation' AND expires_at > instant($1)
            AND ($2::uuid IS NULL OR email_links.id < $2)
            AND NOT EXISTS (SELECT FROM users AS holder WHERE holder.email = email_links.email)
        ORDER BY email_links.id DESC LIMIT $3";
    WITHDRAW [Login] = "
        DELETE FROM email_links WHERE id = $1 AND purpose = 'invitation' RETURNING to_jsonb(email)";
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
enum Answer {
    Done,
    EmailTaken,
    UnknownRole,
}

/// Issues the invitation's link, in place of an earlier one to the address, and puts the mail into the outbox.
pub async fn invite(
    db: &Db,
    invitation: &Invitation,
    inviter: UserId,
    link: TokenHash,
    mail: &OutgoingMail,
) -> Result<Result<(), Refusal>, DbError> {
    let parameters = vec![
        invitation.id.into(),
        link.into(),
        (&invitation.email).into(),
        invitation.roles.as_slice().into(),
        inviter.into(),
        mail.into(),
        invitation.created_at.into(),
        invitation.expires_at.into(),
    ];
    Ok(match db.fetch_one(&INVITE, parameters).await? {
        Answer::Done => Ok(()),
        Answer::EmailTaken => Err(Refusal::EmailTaken),
        Answer::UnknownRole => Err(Refusal::UnknownRole),
    })
}

/// Invitations that can be accepted, the newest first, sent before that one.
pub async fn list(
    db: &Db,
    before: Option<InvitationId>,
    limit: i64,
    now: DateTime<Utc>,
) -> Result<Vec<Invitation>, DbError> {
    db.fetch_all(&LIST, vec![now.into(), before.into(), limit.into()]).await
}

/// Takes an invitation back; answers whose it was, `None` where there is none.
pub async fn withdraw(db: &Db, id: InvitationId) -> Result<Option<Email>, DbError> {
    db.fetch_optional(&WITHDRAW, vec![id.into()]).await
}
