//! The end of an account, and what is kept about its owner until then.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    ApiKey, ClientId, ClientName, Consent, Email, FieldErrors, Identity, Invitation, Locale, Passkey,
    Password, RedirectUri, ScopeSet, SecondFactors, SecurityEvent, SessionId, User,
};

/// Body of `POST /api/core/v1/auth/account/delete`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeleteAccountRequest {
    /// The account's password.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "correct horse battery staple"))]
    #[serde(default)]
    pub current_password: String,
}

impl DeleteAccountRequest {
    /// Parses the password.
    pub fn parse(&self) -> Result<Password, FieldErrors> {
        Password::parse_existing(&self.current_password)
            .map_err(|rule| FieldErrors::one("current_password", rule))
    }
}

/// Answer of `GET /api/core/v1/auth/account/export`: all that is kept about the caller, but for secrets.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountExport {
    /// The account, as an administrator sees it.
    pub account: User,
    /// The address that was proven last.
    pub verified_email: Option<Email>,
    /// The language, where one was chosen.
    pub locale: Option<Locale>,
    /// When the password was stored last.
    pub password_stored_at: Option<DateTime<Utc>>,
    /// Every sign-in that is remembered, the oldest first.
    pub sessions: Vec<ExportedSession>,
    /// The links that were mailed to the account, the oldest first.
    pub links: Vec<ExportedLink>,
    /// Invitations of the caller's that nobody has accepted, the oldest first.
    pub invitations: Vec<Invitation>,
    /// The mails to the account, the oldest first.
    pub mails: Vec<ExportedMail>,
    /// The second factors.
    pub second_factors: SecondFactors,
    /// The passkeys, the oldest first.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub passkeys: Vec<Passkey>,
    /// The API keys, the oldest first.
    pub api_keys: Vec<ApiKey>,
    /// The accounts elsewhere to sign in with, the oldest first.
    pub identities: Vec<ExportedIdentity>,
    /// The accounts elsewhere that were unlinked, the oldest first: their address alone doesn't link them again.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub unlinked_identities: Vec<UnlinkedIdentity>,
    /// The applications that the caller has allowed something, the oldest first.
    pub consents: Vec<Consent>,
    /// What they got by that and is not deleted yet, the oldest first.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub authorizations: Vec<ExportedAuthorization>,
    /// What the security log has about the account, the newest first; `device` is what the browser called itself.
    pub activity: Vec<SecurityEvent>,
}

/// An account elsewhere, with the name that its provider gives it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedIdentity {
    /// As its owner sees it.
    #[serde(flatten)]
    pub identity: Identity,
    /// Who vouches for it.
    #[cfg_attr(feature = "openapi", schema(example = "https://accounts.google.com"))]
    pub issuer: String,
    /// Its name there.
    #[cfg_attr(feature = "openapi", schema(example = "110169484474386276334"))]
    pub subject: String,
}

/// An account elsewhere that signs in no more.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnlinkedIdentity {
    /// Who vouches for it.
    #[cfg_attr(feature = "openapi", schema(example = "https://accounts.google.com"))]
    pub issuer: String,
    /// Its name there.
    #[cfg_attr(feature = "openapi", schema(example = "110169484474386276334"))]
    pub subject: String,
    /// When it was unlinked.
    pub unlinked_at: DateTime<Utc>,
}

/// A sign-in to another application, without its code and what came of it: those are keys.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedAuthorization {
    /// Which application.
    pub client_id: ClientId,
    /// What people know it by.
    pub client_name: ClientName,
    /// The session that it was in.
    pub session_id: SessionId,
    /// What it was allowed.
    pub scopes: ScopeSet,
    /// Where the browser was sent with the code.
    pub redirect_uri: RedirectUri,
    /// When the person had last proven who they are.
    pub authenticated_at: DateTime<Utc>,
    /// When the code was issued.
    pub issued_at: DateTime<Utc>,
    /// When it was exchanged, if it was.
    pub used_at: Option<DateTime<Utc>>,
    /// When it was ended, if it was by itself.
    pub ended_at: Option<DateTime<Utc>>,
}

/// A session, open or ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedSession {
    /// Its id.
    pub id: SessionId,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When its access was last renewed.
    pub last_used_at: DateTime<Utc>,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
    /// When it was ended, if it was.
    pub ended_at: Option<DateTime<Utc>>,
    /// Why it was ended, if it was.
    #[cfg_attr(feature = "openapi", schema(example = "signed_out"))]
    pub end_reason: Option<String>,
    /// The network address that it began from.
    #[cfg_attr(feature = "openapi", schema(example = "192.0.2.7"))]
    pub address: String,
    /// What the browser called itself.
    #[cfg_attr(feature = "openapi", schema(example = "curl/8.16.0"))]
    pub user_agent: String,
}

/// A link that a mail carried.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedLink {
    /// What it does.
    #[cfg_attr(feature = "openapi", schema(example = "password_reset"))]
    pub purpose: String,
    /// Where it was sent.
    pub email: Email,
    /// When it was sent.
    pub issued_at: DateTime<Utc>,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
    /// When it was used, or replaced.
    pub used_at: Option<DateTime<Utc>>,
}

/// A mail, without its text: the links in it are keys.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedMail {
    /// The occasion.
    #[cfg_attr(feature = "openapi", schema(example = "password_changed"))]
    pub kind: String,
    /// To whom.
    pub recipient: Email,
    /// One line.
    #[cfg_attr(feature = "openapi", schema(example = "Your password was changed"))]
    pub subject: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}
