//! What applications got by what people allowed them: codes, and the tokens that come of them.

use chrono::{DateTime, Utc};
use contract::{ClientId, DisplayName, Email, Locale, RedirectUri, ScopeSet, SessionId, UserId};
use credentials::TokenHash;
use platform::db::{Db, DbError};
use serde::Deserialize;
use uuid::Uuid;

use crate::statements;

statements! {
    // What is allowed adds up, and so does what was asked; when it was allowed is when it last became more.
    ISSUE [Login] = "
        WITH consent AS (
            INSERT INTO oauth_consents AS known (user_id, client_id, scopes, given_at, asked)
            VALUES ($3, $2, $5, instant($11), CASE WHEN $13::boolean THEN $5::text[] ELSE '{}' END)
            ON CONFLICT (user_id, client_id) DO UPDATE SET
                scopes = ARRAY(SELECT unnest(known.scopes) UNION SELECT unnest(excluded.scopes)),
                asked = ARRAY(SELECT unnest(known.asked) UNION SELECT unnest(excluded.asked)),
                given_at = CASE WHEN excluded.scopes <@ known.scopes THEN known.given_at ELSE excluded.given_at END
        )
        INSERT INTO oauth_grants (id, client_id, user_id, session_id, scopes, nonce, authenticated_at, code_hash,
            redirect_uri, code_challenge, issued_at, code_expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, instant($7), $8, $9, $10, instant($11), instant($12))";
    EXCHANGE [Login] = "SELECT exchange_oauth_code($1, $2, $3, $4, $5, instant($6), instant($7))";
    REFRESH [Login] = "SELECT refresh_oauth_grant($1, $2, $3, $4, instant($5), instant($6))";
    FIND [Login] = "
        SELECT oauth_grant_document(oauth_grants) FROM oauth_grants
        WHERE id = $1 AND oauth_grant_is_live(oauth_grants, instant($2))";
    FIND_BY_REFRESH_TOKEN [Login] = "
        SELECT oauth_grant_document(given) || jsonb_build_object('issued_at', token.issued_at,
            'expires_at', token.expires_at)
        FROM oauth_refresh_tokens AS token JOIN oauth_grants AS given ON given.id = token.grant_id
        WHERE token.hash = $1 AND token.used_at IS NULL AND token.expires_at > instant($2)
            AND 'offline_access' = ANY (oauth_grant_scopes(given)) AND oauth_grant_is_live(given, instant($2))";
    REVOKE [Login] = "
        UPDATE oauth_grants SET revoked_at = instant($3)
        WHERE id = $1 AND client_id = $2 AND revoked_at IS NULL";
    REVOKE_BY_REFRESH_TOKEN [Login] = "
        UPDATE oauth_grants SET revoked_at = instant($3) FROM oauth_refresh_tokens AS token
        WHERE token.hash = $1 AND oauth_grants.id = token.grant_id AND client_id = $2 AND revoked_at IS NULL";
}

/// An authorization to be stored, with its code.
pub struct NewGrant<'a> {
    /// Which application is allowed.
    pub client: ClientId,
    /// By whom.
    pub user: UserId,
    /// In which session.
    pub session: SessionId,
    /// What.
    pub scopes: &'a ScopeSet,
    /// What the ID token is to repeat.
    pub nonce: Option<&'a str>,
    /// When the person last proved who they are.
    pub authenticated_at: DateTime<Utc>,
    /// The hash of the code.
    pub code: TokenHash,
    /// Where the code goes.
    pub redirect_uri: &'a RedirectUri,
    /// What the code verifier must hash to.
    pub code_challenge: &'a str,
    /// When it is issued.
    pub now: DateTime<Utc>,
    /// Until when the code is good.
    pub expires_at: DateTime<Utc>,
    /// Whether the person was asked, and has said yes.
    pub asked: bool,
}

/// Stores an authorization, and that it was allowed.
pub async fn issue(db: &Db, grant: NewGrant<'_>) -> Result<(), DbError> {
    let parameters = vec![
        Uuid::now_v7().into(),
        grant.client.into(),
        grant.user.into(),
        grant.session.into(),
        grant.scopes.into(),
        grant.nonce.into(),
        grant.authenticated_at.into(),
        grant.code.into(),
        grant.redirect_uri.as_str().into(),
        grant.code_challenge.into(),
        grant.now.into(),
        grant.expires_at.into(),
        grant.asked.into(),
    ];
    db.execute(&ISSUE, parameters).await.map(|_| ())
}

/// An authorization, and what tokens say of the account.
#[derive(Debug, Deserialize)]
pub struct Grant {
    /// Its id.
    pub id: Uuid,
    /// Which application was allowed.
    pub client_id: ClientId,
    /// By whom.
    pub user_id: UserId,
    /// In which session.
    pub session_id: SessionId,
    /// What, as far as the application may still ask for it.
    pub scopes: ScopeSet,
    /// What the ID token is to repeat.
    pub nonce: Option<String>,
    /// When the person last proved who they are.
    pub authenticated_at: DateTime<Utc>,
    /// The name to be shown by.
    pub display_name: DisplayName,
    /// The language, where one was chosen.
    pub locale: Option<Locale>,
    /// The address.
    pub email: Email,
    /// Whether its owner has proven to read it.
    pub email_verified: bool,
    /// When the account was last changed.
    pub updated_at: DateTime<Utc>,
}

/// What an exchange ended with.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Exchange {
    /// It was good, and is spent.
    Done {
        /// What it stands for.
        grant: Box<Grant>,
    },
    /// It had been spent before: somebody has a copy, and what came of it has ended.
    Reused {
        /// Whose account.
        user_id: UserId,
        /// In which session it was allowed.
        session_id: SessionId,
    },
    /// Unknown, expired, of another client, for another address, or ended.
    Refused,
    /// More is wanted than was allowed.
    InvalidScope,
}

/// Who exchanges something for tokens, and what the next refresh token is.
pub struct Exchanger {
    /// The application.
    pub client: ClientId,
    /// The hash of the next refresh token, where one is issued.
    pub next: TokenHash,
    /// When.
    pub now: DateTime<Utc>,
    /// Until when the next refresh token is good.
    pub idle_until: DateTime<Utc>,
}

/// Spends a code of that address whose verifier hashes to that challenge.
pub async fn exchange(
    db: &Db,
    code: TokenHash,
    redirect_uri: &RedirectUri,
    challenge: &str,
    by: &Exchanger,
) -> Result<Exchange, DbError> {
    let parameters = vec![
        code.into(),
        by.client.into(),
        redirect_uri.as_str().into(),
        challenge.into(),
        by.next.into(),
        by.now.into(),
        by.idle_until.into(),
    ];
    db.fetch_one(&EXCHANGE, parameters).await
}

/// Spends a refresh token; of what was allowed less may be wanted.
pub async fn refresh(
    db: &Db,
    token: TokenHash,
    wanted: Option<&ScopeSet>,
    by: &Exchanger,
) -> Result<Exchange, DbError> {
    let parameters = vec![
        token.into(),
        by.client.into(),
        wanted.into(),
        by.next.into(),
        by.now.into(),
        by.idle_until.into(),
    ];
    db.fetch_one(&REFRESH, parameters).await
}

/// An authorization that is good.
pub async fn find(db: &Db, id: Uuid, now: DateTime<Utc>) -> Result<Option<Grant>, DbError> {
    db.fetch_optional(&FIND, vec![id.into(), now.into()]).await
}

/// A refresh token that is good.
#[derive(Deserialize)]
pub struct RefreshToken {
    /// What it stands on.
    #[serde(flatten)]
    pub grant: Grant,
    /// Since when it is good.
    pub issued_at: DateTime<Utc>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

/// A refresh token that is good.
pub async fn find_by_refresh_token(
    db: &Db,
    token: TokenHash,
    now: DateTime<Utc>,
) -> Result<Option<RefreshToken>, DbError> {
    db.fetch_optional(&FIND_BY_REFRESH_TOKEN, vec![token.into(), now.into()]).await
}

/// Ends an authorization of that application's, and all that came of it.
pub async fn revoke(db: &Db, id: Uuid, client: ClientId, now: DateTime<Utc>) -> Result<(), DbError> {
    db.execute(&REVOKE, vec![id.into(), client.into(), now.into()]).await.map(|_| ())
}

/// As [`revoke`], by a refresh token, spent or not.
pub async fn revoke_by_refresh_token(
    db: &Db,
    token: TokenHash,
    client: ClientId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    db.execute(&REVOKE_BY_REFRESH_TOKEN, vec![token.into(), client.into(), now.into()]).await.map(|_| ())
}
