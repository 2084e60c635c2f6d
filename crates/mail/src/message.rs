//! The occasions to write.

use chrono::{DateTime, Utc};

/// Why somebody is written to, and what is to be said. Links are complete URLs.
#[derive(Debug, Clone, Copy)]
pub enum Message<'a> {
    /// Somebody, probably the reader, wants an account for this address.
    SignUp {
        /// Where to choose a password.
        link: &'a str,
    },
    /// Somebody, probably the reader, wants an account, and the address has one.
    AlreadySignedUp {
        /// Where to sign in.
        sign_in: &'a str,
        /// Where to ask for a new password.
        forgot_password: &'a str,
    },
    /// An administrator offers an account.
    Invitation {
        /// The administrator's name.
        inviter: &'a str,
        /// Where to choose a password.
        link: &'a str,
    },
    /// Somebody, probably the reader, has forgotten the password.
    PasswordReset {
        /// Where to choose another.
        link: &'a str,
    },
    /// The password is another since just now.
    PasswordChanged {
        /// Where to choose yet another, if it wasn't the reader.
        forgot_password: &'a str,
    },
    /// Does the address belong to the reader?
    EmailVerification {
        /// What proves it.
        link: &'a str,
    },
    /// To an address that somebody, probably the reader, wants for another account, and that has one of its own.
    EmailInUse {
        /// Where to sign in.
        sign_in: &'a str,
    },
    /// To the old address: another one was asked for.
    EmailChangeRequested {
        /// The new address.
        new_email: &'a str,
    },
    /// To the old and to the new address: the account has another one now.
    EmailChanged {
        /// The new address.
        new_email: &'a str,
    },
    /// Signed in from a device that the account has not been used from.
    NewDevice {
        /// The browser and its system, such as `Firefox on Linux`.
        device: &'a str,
        /// The network address.
        address: &'a str,
        /// When.
        at: DateTime<Utc>,
        /// Where to end the session.
        sessions: &'a str,
    },
    /// The account has a new API key.
    ApiKeyCreated {
        /// What it is called.
        name: &'a str,
        /// When it expires.
        expires_at: DateTime<Utc>,
        /// Where to choose another password, if it wasn't the reader.
        forgot_password: &'a str,
    },
    /// An API key of the account is gone.
    ApiKeyDeleted {
        /// What it was called.
        name: &'a str,
        /// Where to choose another password, if it wasn't the reader.
        forgot_password: &'a str,
    },
    /// An account was made with somebody else's word for its owner.
    IdentitySignedUp {
        /// What its owner calls the provider.
        provider: &'a str,
        /// Where to look after the account.
        account: &'a str,
    },
    /// An account elsewhere signs in to this one since just now.
    IdentityLinked {
        /// What its owner calls the provider.
        provider: &'a str,
        /// Where to unlink it, if it wasn't the reader.
        account: &'a str,
    },
    /// An account elsewhere doesn't sign in to this one any more.
    IdentityUnlinked {
        /// What its owner calls the provider.
        provider: &'a str,
        /// Where to choose a password: there may be none.
        forgot_password: &'a str,
    },
    /// An authenticator app is a second factor since just now.
    TotpAdded {
        /// Where to choose another password, if it wasn't the reader.
        forgot_password: &'a str,
    },
    /// The authenticator app is no second factor any more.
    TotpRemoved {
        /// Where to choose another password, if it wasn't the reader.
        forgot_password: &'a str,
    },
    /// The account has a new passkey.
    PasskeyAdded {
        /// What it is called.
        name: &'a str,
        /// Where to choose another password, if it wasn't the reader.
        forgot_password: &'a str,
    },
    /// A passkey of the account is gone.
    PasskeyRemoved {
        /// What it was called.
        name: &'a str,
        /// Where to choose another password, if it wasn't the reader.
        forgot_password: &'a str,
    },
    /// An administrator has taken the second factor off.
    SecondFactorReset {
        /// Where to choose another password, if the reader hasn't asked for it.
        forgot_password: &'a str,
    },
    /// There are new recovery codes, and the old ones are void.
    RecoveryCodesReplaced {
        /// Where to choose another password, if it wasn't the reader.
        forgot_password: &'a str,
    },
    /// A recovery code was used.
    RecoveryCodeUsed {
        /// How many are left.
        left: u32,
        /// Where to choose another password, if it wasn't the reader.
        forgot_password: &'a str,
    },
    /// The account is gone.
    AccountDeleted,
}

impl Message<'_> {
    /// The occasion's name, for logs and the outbox.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::SignUp { .. } => "sign_up",
            Self::AlreadySignedUp { .. } => "already_signed_up",
            Self::Invitation { .. } => "invitation",
            Self::PasswordReset { .. } => "password_reset",
            Self::PasswordChanged { .. } => "password_changed",
            Self::EmailVerification { .. } => "email_verification",
            Self::EmailInUse { .. } => "email_in_use",
            Self::EmailChangeRequested { .. } => "email_change_requested",
            Self::EmailChanged { .. } => "email_changed",
            Self::NewDevice { .. } => "new_device",
            Self::ApiKeyCreated { .. } => "api_key_created",
            Self::ApiKeyDeleted { .. } => "api_key_deleted",
            Self::IdentitySignedUp { .. } => "identity_signed_up",
            Self::IdentityLinked { .. } => "identity_linked",
            Self::IdentityUnlinked { .. } => "identity_unlinked",
            Self::TotpAdded { .. } => "totp_added",
            Self::TotpRemoved { .. } => "totp_removed",
            Self::PasskeyAdded { .. } => "passkey_added",
            Self::PasskeyRemoved { .. } => "passkey_removed",
            Self::SecondFactorReset { .. } => "second_factor_reset",
            Self::RecoveryCodesReplaced { .. } => "recovery_codes_replaced",
            Self::RecoveryCodeUsed { .. } => "recovery_code_used",
            Self::AccountDeleted => "account_deleted",
        }
    }
}
