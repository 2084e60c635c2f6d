//! Opens a session for an account that has proven itself, and signs its access tokens.

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use contract::{ProblemCode, RoleName, SessionId, UserId};
use credentials::{ACCESS_TOKEN_LIFETIME, Claims, OpaqueToken, PasswordHash, SigningKey, TokenKind, os_rng};
use platform::{Result, access_token::AUDIENCE, client::Client, clock, config, config::Site, db::Db};
use store::session::{self, NewSession};
use uuid::Uuid;

use crate::tokens::Tokens;

/// However often it is refreshed, a session ends after this.
const SESSION_LIFETIME: TimeDelta = TimeDelta::days(30);

/// Opens a session; `account_locked` where the account may not be used.
pub async fn open_session(
    db: &Db,
    site: &Site,
    client: &Client,
    user_id: UserId,
    upgraded_hash: Option<&PasswordHash>,
) -> Result<Tokens> {
    let now = clock::now();
    let id = SessionId(Uuid::now_v7());
    let refresh = OpaqueToken::generate(TokenKind::Refresh, &mut os_rng());
    let session = NewSession {
        id,
        user_id,
        refresh_token: refresh.hash(),
        address: &client.address_text(),
        user_agent: &client.user_agent,
        upgraded_hash,
        now,
        expires_at: now + SESSION_LIFETIME,
    };
    let roles = session::begin(db, session).await?.ok_or(ProblemCode::AccountLocked)?;
    let access = sign(site, user_id, id, roles, now).await?;
    Ok(Tokens { session_id: id, access, refresh, session_seconds: SESSION_LIFETIME.num_seconds() })
}

/// Signs an access token.
pub async fn sign(
    site: &Site,
    user_id: UserId,
    session_id: SessionId,
    roles: Vec<RoleName>,
    now: DateTime<Utc>,
) -> Result<String> {
    let claims = Claims {
        issuer: site.issuer().to_owned(),
        audience: AUDIENCE.to_owned(),
        user_id,
        session_id,
        roles,
        issued_at: now,
        expires_at: now + ACCESS_TOKEN_LIFETIME,
        token_id: Uuid::now_v7(),
    };
    Ok(signing_key().await?.sign(&claims))
}

/// The signing key. One whose public half is not published would sign tokens that nobody accepts.
async fn signing_key() -> Result<SigningKey> {
    let key = config::signing_key().await?;
    let keys = config::verifying_keys().await?;
    key.ensure_published(&keys).context("jwt_public_keys lacks the public half of jwt_signing_key")?;
    Ok(key)
}
