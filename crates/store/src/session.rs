//! Sessions and their refresh tokens.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{RoleName, Session, SessionId, UserId};
use credentials::TokenHash;
use platform::{
    client::Client,
    db::{Db, DbError},
    device,
};
use serde::Deserialize;

use crate::{credential::VerifiedPassword, outbox::OutgoingMail, statements};

/// A session that is not refreshed for this long ends.
pub const IDLE_LIFETIME: TimeDelta = TimeDelta::days(14);

statements! {
    // The account is read again, and so is its password: one may have been locked, the other changed, while that was
    // being checked. The mail is written where the account has had sessions, and since $11 none on this device; those of
    // earlier versions name none. Or where the device is one by its name alone: it has a session already, and here no
    // other was used.
    BEGIN [Login] = "
        WITH account AS (
            SELECT id FROM users WHERE id = $2 AND status = 'active' FOR NO KEY UPDATE
        ), admitted AS (
            SELECT id FROM account WHERE password_stands(id, $14)
        ), noted AS (
            UPDATE users SET last_sign_in_at = instant($7) FROM admitted WHERE users.id = admitted.id
        ), session AS (
            INSERT INTO sessions (id, user_id, created_at, last_used_at, proven_at, expires_at, address, user_agent,
                device, network)
            SELECT $1, id, instant($7), instant($7), instant($15), instant($8), $4, $5, $10, $13 FROM admitted
            RETURNING id
        ), token AS (
            INSERT INTO refresh_tokens (hash, session_id, issued_at, expires_at)
            SELECT $3, id, instant($7), instant($9) FROM session
        ), upgraded AS (
            UPDATE password_credentials SET hash = $6::text, updated_at = instant($7)
            FROM admitted WHERE user_id = admitted.id AND $6::text IS NOT NULL
        )
        SELECT CASE WHEN NOT EXISTS (TABLE admitted) THEN jsonb_build_object('outcome', 'password_changed')
            ELSE jsonb_build_object(
                'outcome', 'done',
                'roles', token_roles(id),
                'new_device_mail', (SELECT enqueue_mail($12, instant($7))
                    WHERE EXISTS (SELECT FROM sessions WHERE user_id = $2)
                        AND (NOT EXISTS (SELECT FROM sessions WHERE user_id = $2 AND last_used_at > instant($11)
                                         AND (device = $10 OR user_agent = $5))
                            OR (EXISTS (SELECT FROM sessions WHERE user_id = $2 AND last_used_at > instant($16)
                                        AND (device = $10 OR user_agent = $5)
                                        AND ended_at IS NULL AND expires_at > instant($7))
                                AND NOT EXISTS (SELECT FROM sessions WHERE user_id = $2 AND last_used_at > instant($11)
                                                AND $13 IN (coalesce(network, address), last_network)))))) END
        FROM account";
    // The token is spent by the update that finds it unspent; of two at once only one does.
    REFRESH [Login] = "
        WITH presented AS (
            SELECT token.session_id, token.used_at, session.user_id, session.expires_at
            FROM refresh_tokens AS token
            JOIN sessions AS session ON session.id = token.session_id
            JOIN users ON users.id = session.user_id
            WHERE token.hash = $1 AND token.expires_at > instant($3)
                AND session.ended_at IS NULL AND session.expires_at > instant($3) AND users.status = 'active'
        ), spent AS (
            UPDATE refresh_tokens SET used_at = instant($3)
            FROM presented WHERE hash = $1 AND refresh_tokens.used_at IS NULL
            RETURNING refresh_tokens.session_id
        ), issued AS (
            INSERT INTO refresh_tokens (hash, session_id, issued_at, expires_at)
            SELECT $2, sessions.id, instant($3), least(sessions.expires_at, instant($4)) FROM spent
            JOIN sessions ON sessions.id = spent.session_id
        ), touched AS (
            UPDATE sessions SET last_used_at = instant($3), address = $5, last_network = $6
            FROM spent WHERE id = spent.session_id
        ), ended AS (
            UPDATE sessions SET ended_at = instant($3), end_reason = 'refresh_token_reused'
            FROM presented WHERE id = presented.session_id AND presented.used_at IS NOT NULL
        )
        SELECT jsonb_build_object(
            'session_id', presented.session_id,
            'user_id', presented.user_id,
            'expires_at', least(presented.expires_at, instant($4)),
            'outcome', CASE WHEN EXISTS (TABLE spent) THEN 'rotated'
                            WHEN presented.used_at IS NOT NULL THEN 'reused' ELSE 'raced' END,
            'roles', token_roles(presented.user_id))
        FROM presented";
    PROVE [Login] = "UPDATE sessions SET proven_at = instant($2) WHERE id = $1";
    END [Login] = "
        UPDATE sessions SET ended_at = instant($2), end_reason = 'signed_out'
        WHERE id = $1 AND ended_at IS NULL
        RETURNING jsonb_build_object('id', id, 'user_id', user_id)";
    END_BY_TOKEN [Login] = "
        UPDATE sessions SET ended_at = instant($2), end_reason = 'signed_out'
        FROM refresh_tokens AS token
        WHERE token.hash = $1 AND sessions.id = token.session_id AND ended_at IS NULL
        RETURNING jsonb_build_object('id', sessions.id, 'user_id', user_id)";
    LIST_OPEN [Login] = "
        SELECT jsonb_build_object('id', id, 'created_at', created_at, 'last_used_at', last_used_at,
            'expires_at', token.expires_at, 'address', address, 'user_agent', user_agent)
        FROM sessions JOIN refresh_tokens AS token ON token.session_id = id AND token.used_at IS NULL
        WHERE user_id = $1 AND ended_at IS NULL AND token.expires_at > instant($2)
        ORDER BY last_used_at DESC, id LIMIT 100";
    END_ONE [Login, Users] = "
        UPDATE sessions SET ended_at = coalesce(ended_at, instant($4)), end_reason = coalesce(end_reason, $3)
        WHERE id = $1 AND user_id = $2
        RETURNING to_jsonb(id)";
    END_OTHERS [Login] = "SELECT end_sessions($1, $2, 'ended_by_owner', instant($3))";
}

/// A session to be opened.
pub struct NewSession<'a> {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub user_id: UserId,
    /// The hash of its first refresh token.
    pub refresh_token: TokenHash,
    /// The client's address.
    pub address: &'a str,
    /// The network that limits count the address to.
    pub network: &'a str,
    /// The client's `User-Agent`.
    pub user_agent: &'a str,
    /// The password, where that was a proof.
    pub password: Option<VerifiedPassword<'a>>,
    /// When the owner proved who they are; `None` where somebody else vouches for them who doesn't tell.
    pub proven_at: Option<DateTime<Utc>>,
    /// When it begins.
    pub now: DateTime<Utc>,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
    /// When its first refresh token ends.
    pub token_expires_at: DateTime<Utc>,
    /// What the `User-Agent` tells of the device, in words.
    pub device: &'a str,
    /// A device on which the account had a session since is no new one.
    pub device_known_since: DateTime<Utc>,
    /// What to write to the owner of a new one.
    pub new_device_mail: &'a OutgoingMail,
}

/// How opening a session ended.
#[derive(Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Beginning {
    /// It is open.
    Done {
        /// The roles for its tokens.
        roles: Vec<RoleName>,
    },
    /// The password that was right is not the account's any more.
    PasswordChanged,
}

/// Opens a session; `None` where the account may not be used.
pub async fn begin(db: &Db, session: NewSession<'_>) -> Result<Option<Beginning>, DbError> {
    let parameters = vec![
        session.id.into(),
        session.user_id.into(),
        session.refresh_token.into(),
        session.address.into(),
        session.user_agent.into(),
        session.password.and_then(|password| password.upgraded_hash).into(),
        session.now.into(),
        session.expires_at.into(),
        session.token_expires_at.into(),
        session.device.into(),
        session.device_known_since.into(),
        session.new_device_mail.into(),
        session.network.into(),
        session.password.map(|password| password.hash).into(),
        session.proven_at.into(),
        (session.now - IDLE_LIFETIME).into(),
    ];
    db.fetch_optional(&BEGIN, parameters).await
}

/// How a refresh ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefreshOutcome {
    /// The old token is spent, the new one is good.
    Rotated,
    /// The token had been spent before: somebody has a copy, and the session has ended.
    Reused,
    /// Another request spent it at the same moment.
    Raced,
}

/// A refresh and whose it was.
#[derive(Deserialize)]
pub struct Refresh {
    /// The session of the token.
    pub session_id: SessionId,
    /// Its account.
    pub user_id: UserId,
    /// When the session ends unless it is refreshed again.
    pub expires_at: DateTime<Utc>,
    /// The roles for its tokens now, sorted.
    pub roles: Vec<RoleName>,
    /// How it ended.
    pub outcome: RefreshOutcome,
}

/// Spends a refresh token and issues the next, good for [`IDLE_LIFETIME`] and no longer than the session, which is noted
/// as used from where the client is; `None` where the token is unknown, expired or of an ended session.
pub async fn refresh(
    db: &Db,
    presented: TokenHash,
    next: TokenHash,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<Option<Refresh>, DbError> {
    let parameters = vec![
        presented.into(),
        next.into(),
        now.into(),
        (now + IDLE_LIFETIME).into(),
        client.address_text().into(),
        client.network_text().into(),
    ];
    db.fetch_optional(&REFRESH, parameters).await
}

/// Notes that a session's owner has just proven to be at the keyboard.
pub async fn prove(db: &Db, session: SessionId, now: DateTime<Utc>) -> Result<(), DbError> {
    db.execute(&PROVE, vec![session.into(), now.into()]).await.map(|_| ())
}

/// A session that has ended just now.
#[derive(Deserialize)]
pub struct Ended {
    /// Its id.
    pub id: SessionId,
    /// Whose it was.
    pub user_id: UserId,
}

/// Ends a session; `None` where it was not open.
pub async fn end(db: &Db, session: SessionId, now: DateTime<Utc>) -> Result<Option<Ended>, DbError> {
    db.fetch_optional(&END, vec![session.into(), now.into()]).await
}

/// Ends the session of a refresh token, spent or not; `None` where it was not open.
pub async fn end_by_token(db: &Db, token: TokenHash, now: DateTime<Utc>) -> Result<Option<Ended>, DbError> {
    db.fetch_optional(&END_BY_TOKEN, vec![token.into(), now.into()]).await
}

/// A session that is open.
#[derive(Deserialize)]
pub struct OpenSession {
    /// Its id.
    pub id: SessionId,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When its access was last renewed.
    pub last_used_at: DateTime<Utc>,
    /// When it ends unless it is refreshed before.
    pub expires_at: DateTime<Utc>,
    /// The address that it was last used from.
    pub address: String,
    /// The `User-Agent` that it began with.
    pub user_agent: String,
}

impl OpenSession {
    /// As it is shown to whoever looks on from `current`.
    pub fn shown_to(self, current: Option<SessionId>) -> Session {
        Session {
            id: self.id,
            current: current == Some(self.id),
            device: device::name(&self.user_agent),
            address: self.address,
            created_at: self.created_at,
            last_used_at: self.last_used_at,
            expires_at: self.expires_at,
        }
    }
}

/// An account's open sessions, the last used first; a hundred at the most.
pub async fn list_open(db: &Db, user: UserId, now: DateTime<Utc>) -> Result<Vec<OpenSession>, DbError> {
    db.fetch_all(&LIST_OPEN, vec![user.into(), now.into()]).await
}

/// Who ends somebody's session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedBy {
    /// Whoever signed in.
    Owner,
    /// Somebody who may change the account.
    Administrator,
}

impl EndedBy {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "ended_by_owner",
            Self::Administrator => "ended_by_administrator",
        }
    }
}

/// Ends a session of that account, once more where it has ended already; `None` where there is none.
pub async fn end_one(
    db: &Db,
    session: SessionId,
    owner: UserId,
    by: EndedBy,
    now: DateTime<Utc>,
) -> Result<Option<SessionId>, DbError> {
    db.fetch_optional(&END_ONE, vec![session.into(), owner.into(), by.as_str().into(), now.into()]).await
}

/// Ends an account's sessions but one; answers those that ended lately.
pub async fn end_others(
    db: &Db,
    user: UserId,
    kept: SessionId,
    now: DateTime<Utc>,
) -> Result<Vec<SessionId>, DbError> {
    db.fetch_one(&END_OTHERS, vec![user.into(), kept.into(), now.into()]).await
}
