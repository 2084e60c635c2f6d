//! The security log: what happened to accounts, who did it, and from where.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    ApiKeyId, ApiKeyName, ClientId, ClientName, IdentityProviderId, PasskeyName, ProblemCode, RoleName,
    SessionId, UserId, names::names,
};

names! {
    /// What happened, or was tried.
    SecurityEventKind {
        /// The first administrator was made.
        SetUp = "set_up",
        /// A link to make an account was asked for.
        SignUpRequested = "sign_up_requested",
        /// An account was made with a mailed link, and signed in.
        SignedUp = "signed_up",
        /// Somebody was invited.
        Invited = "invited",
        /// An invitation was withdrawn.
        InvitationWithdrawn = "invitation_withdrawn",
        /// Signed in.
        SignIn = "sign_in",
        /// The password or the provider was right, and the second factor was asked for.
        SecondFactorAsked = "second_factor_asked",
        /// Signed out.
        SignOut = "sign_out",
        /// Strangers failed at many accounts from one address: somebody tries other people's passwords there.
        CredentialStuffing = "credential_stuffing",
        /// A spent refresh token was presented: somebody has a copy, and the session has ended.
        RefreshTokenReused = "refresh_token_reused",
        /// A link to choose a new password was asked for.
        PasswordForgotten = "password_forgotten",
        /// A new password was chosen with a mailed link.
        PasswordReset = "password_reset",
        /// The owner has changed the password.
        PasswordChanged = "password_changed",
        /// The owner has asked for another address.
        EmailChangeRequested = "email_change_requested",
        /// An address was proven with a mailed link; it is the account's now, if it was not before.
        EmailConfirmed = "email_confirmed",
        /// The owner has taken all that is kept about them.
        AccountExported = "account_exported",
        /// The owner has deleted the account.
        AccountDeleted = "account_deleted",
        /// The owner has ended one of the sessions.
        SessionEnded = "session_ended",
        /// The owner has ended the other sessions.
        OtherSessionsEnded = "other_sessions_ended",
        /// The owner has proven again who they are.
        IdentityProven = "identity_proven",
        /// An account elsewhere was linked: the owner may sign in with it.
        IdentityLinked = "identity_linked",
        /// An account elsewhere was unlinked.
        IdentityUnlinked = "identity_unlinked",
        /// An authenticator app was turned on.
        TotpAdded = "totp_added",
        /// The authenticator app was turned off.
        TotpRemoved = "totp_removed",
        /// A passkey was added.
        PasskeyAdded = "passkey_added",
        /// A passkey was removed.
        PasskeyRemoved = "passkey_removed",
        /// New recovery codes were made.
        RecoveryCodesReplaced = "recovery_codes_replaced",
        /// Another has taken the second factor off an account whose owner had lost it.
        SecondFactorReset = "second_factor_reset",
        /// An account was made.
        UserCreated = "user_created",
        /// An account's address, name or roles were changed.
        UserChanged = "user_changed",
        /// An account was locked.
        UserLocked = "user_locked",
        /// An account was unlocked.
        UserUnlocked = "user_unlocked",
        /// An account's sessions were ended for it: one, or all.
        UserSessionsEnded = "user_sessions_ended",
        /// What a role demands of its holders was changed.
        RoleChanged = "role_changed",
        /// An administrator has opened a mail, and so read the links in it.
        MailRead = "mail_read",
        /// A mail that could not be sent was queued again.
        MailRetried = "mail_retried",
        /// An API key was made.
        ApiKeyCreated = "api_key_created",
        /// An API key was deleted.
        ApiKeyDeleted = "api_key_deleted",
        /// The owner has allowed an application to sign them in.
        ConsentGiven = "consent_given",
        /// The owner has withdrawn that.
        ConsentWithdrawn = "consent_withdrawn",
        /// An application was registered.
        ClientCreated = "client_created",
        /// An application was changed.
        ClientChanged = "client_changed",
        /// An application was deleted.
        ClientDeleted = "client_deleted",
        /// A secret of an application was made.
        ClientSecretCreated = "client_secret_created",
        /// A secret of an application was deleted.
        ClientSecretDeleted = "client_secret_deleted",
        /// An application came without a right secret.
        ClientRefused = "client_refused",
        /// A spent code or refresh token of an application was presented: what came of it was taken back.
        ClientTokenReused = "client_token_reused",
    }
}

names! {
    /// How it ended.
    SecurityOutcome {
        /// As it was meant to.
        Success = "success",
        /// It was refused; `details.reason` says why.
        Refused = "refused",
    }
}

/// What else there is to know, by kind. Never a secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecurityEventDetails {
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ProblemCode>,
    /// The fields that the request gave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// The roles that the account gained, or was to gain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles_gained: Vec<RoleName>,
    /// The roles that the account lost, or was to lose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles_lost: Vec<RoleName>,
    /// The role that was changed, or was to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<RoleName>,
    /// The session that was ended, or was to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_session_id: Option<SessionId>,
    /// The provider that vouched for the owner, or was to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<IdentityProviderId>,
    /// The name of the API key that was made or deleted, or was to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_key_name: Option<ApiKeyName>,
    /// The name of the passkey that was added or removed, or was to be, or that signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passkey_name: Option<PasskeyName>,
    /// The name of the application that it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_name: Option<ClientName>,
}

/// A line of the security log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecurityEvent {
    /// Its id. `UUIDv7`.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// What happened, or was tried.
    pub kind: SecurityEventKind,
    /// How it ended.
    pub outcome: SecurityOutcome,
    /// Whose account it is about, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<UserId>,
    /// The account's address, or what was typed where there is no such account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "ada@example.org"))]
    pub email: Option<String>,
    /// Who did it to the account, where it was another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_id: Option<UserId>,
    /// Their address at the time; an owner's own list leaves it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "grace@example.org"))]
    pub actor_email: Option<String>,
    /// The session that it was done in, or that it opened or ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_id: Option<SessionId>,
    /// The API key that it was done with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_key_id: Option<ApiKeyId>,
    /// The application that it was about, or that did it in its own name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
    /// What that key was called; an owner's own list leaves it out where another did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_key_name: Option<ApiKeyName>,
    /// The network address that it came from.
    #[cfg_attr(feature = "openapi", schema(example = "192.0.2.7"))]
    pub address: String,
    /// The browser and its system, as far as its `User-Agent` tells.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(example = "Firefox on Linux"))]
    pub device: String,
    /// What else there is to know.
    pub details: SecurityEventDetails,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldCode;

    #[test]
    fn names_are_read_as_they_are_written() {
        for kind in SecurityEventKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
            assert_eq!(SecurityEventKind::parse(kind.as_str()), Ok(*kind));
        }
        assert_eq!(SecurityOutcome::parse("done").unwrap_err().code, FieldCode::UnknownValue);
    }
}
