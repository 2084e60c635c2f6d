//! Opens a session for an account that has proven itself, and signs its access tokens.

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use contract::{ProblemCode, RoleName, SessionId, UserId};
use credentials::{ACCESS_TOKEN_LIFETIME, Claims, OpaqueToken, SigningKey, TokenKind, os_rng};
use mail::Message;
use platform::{Result, access_token::AUDIENCE, clock, config, config::Site, db::Db, device};
use store::{
    credential::VerifiedPassword,
    email_link::Reader,
    session::{self, Beginning, IDLE_LIFETIME, NewSession},
};
use uuid::Uuid;

use crate::{letter, links, tokens::Tokens, visit::Visit};

/// However often it is refreshed, a session ends after this.
const SESSION_LIFETIME: TimeDelta = TimeDelta::days(30);
/// A device on which the account had no session for this long is a new one.
const DEVICE_KNOWN_FOR: TimeDelta = TimeDelta::days(90);

/// What proves who signs in.
#[derive(Clone, Copy)]
pub struct Proof<'a> {
    /// The password, where one was part of it.
    pub password: Option<VerifiedPassword<'a>>,
    /// When they gave it. A provider that vouches for them may have asked long ago, or not tell: then it is none that
    /// counts as fresh.
    pub at: Option<DateTime<Utc>>,
}

impl<'a> Proof<'a> {
    /// They have given it just now.
    pub fn fresh(password: Option<VerifiedPassword<'a>>) -> Self {
        Self { password, at: Some(clock::now()) }
    }
}

/// Opens a session, and tells the owner where the device is new to the account; `account_locked` where the account
/// may not be used, `invalid_credentials` where the password is another by now.
pub async fn open_session(
    db: &Db,
    Visit { site, client, language }: &Visit,
    owner: &Reader,
    proof: Proof<'_>,
) -> Result<Tokens> {
    let now = clock::now();
    let id = SessionId(Uuid::now_v7());
    let refresh = OpaqueToken::generate(TokenKind::Refresh, &mut os_rng());
    let (address, device) = (client.address_text(), device::name(&client.user_agent));
    let sessions = links::account(site);
    let message = Message::NewDevice { device: &device, address: &address, at: now, sessions: &sessions };
    let session = NewSession {
        id,
        user_id: owner.user_id,
        refresh_token: refresh.hash(),
        address: &address,
        network: &client.network_text(),
        user_agent: &client.user_agent,
        password: proof.password,
        proven_at: proof.at.map(|at| at.min(now)),
        now,
        expires_at: now + SESSION_LIFETIME,
        token_expires_at: now + IDLE_LIFETIME,
        device: &device,
        device_known_since: now - DEVICE_KNOWN_FOR,
        new_device_mail: &letter::write(&owner.email, Some(owner), *language, &message)?,
    };
    let roles = match session::begin(db, session).await? {
        Some(Beginning::Done { roles }) => roles,
        Some(Beginning::PasswordChanged) => return Err(ProblemCode::InvalidCredentials.into()),
        None => return Err(ProblemCode::AccountLocked.into()),
    };
    let access = sign(site, owner.user_id, id, roles, now).await?;
    Ok(Tokens { session_id: id, access, refresh, session_seconds: IDLE_LIFETIME.num_seconds() })
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
pub async fn signing_key() -> Result<SigningKey> {
    let key = config::signing_key().await?;
    let keys = config::verifying_keys().await?;
    key.ensure_published(&keys).context("jwt_public_keys lacks the public half of jwt_signing_key")?;
    Ok(key)
}
