//! An account's sessions, for those who administer it.

use chrono::{DateTime, Utc};
use contract::{SessionId, UserId};
use platform::db::{Db, DbError};

use crate::{
    session::{IDLE_LIFETIME, OpenSession},
    statements,
};

statements! {
    // Tokens are not for this role to read, so what is idle is told by its last use.
    LIST_OPEN [Users] = "
        SELECT (SELECT coalesce(jsonb_agg(row ORDER BY last_used_at DESC, id), '[]') FROM (
            SELECT id, last_used_at, jsonb_build_object('id', id, 'created_at', created_at,
                'last_used_at', last_used_at, 'address', address, 'user_agent', user_agent,
                'expires_at', least(expires_at, last_used_at + make_interval(secs => $3::bigint))) AS row
            FROM sessions
            WHERE user_id = users.id AND ended_at IS NULL AND expires_at > instant($2)
                AND last_used_at + make_interval(secs => $3::bigint) > instant($2)
            ORDER BY last_used_at DESC, id LIMIT 100) AS open)
        FROM users WHERE id = $1";
    END_ALL [Users] = "
        SELECT end_sessions(id, NULL, 'ended_by_administrator', instant($2)) FROM users WHERE id = $1";
}

/// Its open sessions, the last used first, a hundred at the most; `None` where there is no such account.
pub async fn list_open(db: &Db, id: UserId, now: DateTime<Utc>) -> Result<Option<Vec<OpenSession>>, DbError> {
    let idle = IDLE_LIFETIME.num_seconds();
    db.fetch_optional(&LIST_OPEN, vec![id.into(), now.into(), idle.into()]).await
}

/// Ends its sessions; answers those that ended lately, `None` where there is no such account.
pub async fn end_all(db: &Db, id: UserId, now: DateTime<Utc>) -> Result<Option<Vec<SessionId>>, DbError> {
    db.fetch_optional(&END_ALL, vec![id.into(), now.into()]).await
}
