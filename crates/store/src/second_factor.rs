//! What proves an account beside its password: read by `login` alone.

use chrono::{DateTime, Utc};
use contract::{PasskeyId, PasskeyTransport, SecondFactorMethod, SessionId, UserId};
use credentials::{RecoveryCode, SealedSecret};
use platform::db::{Db, DbError, Parameter};
use serde::{Deserialize, Serialize};

use crate::{outbox::OutgoingMail, statements};

statements! {
    FIND [Login] = "SELECT second_factors($1)";
    PROVE [Login] = "
        WITH spent AS (SELECT spend_code($2, $3, instant($4)) AS good)
        UPDATE sessions SET proven_at = instant($4) FROM spent WHERE id = $1 AND good
        RETURNING to_jsonb(good)";
    SPEND [Login] = "SELECT to_jsonb(spend_code($1, $2, instant($3)))";
    REPLACE_RECOVERY_CODES [Login] = "SELECT to_jsonb(replace_recovery_codes($1, $2, $3, instant($4)))";
}

/// The second factors of an account.
#[derive(Debug, Clone, Deserialize)]
pub struct Factors {
    /// The authenticator app, where one is in use.
    pub totp: Option<TotpFactor>,
    /// The passkeys, the oldest first.
    pub passkeys: Vec<Credential>,
    /// How many recovery codes are unspent.
    pub recovery_codes_left: u32,
}

/// An authenticator app in use.
#[derive(Debug, Clone, Deserialize)]
pub struct TotpFactor {
    /// What it and Matrice share.
    pub sealed_secret: SealedSecret,
    /// Since when.
    pub confirmed_at: DateTime<Utc>,
}

/// A passkey, as authenticators know it.
#[derive(Debug, Clone, Deserialize)]
pub struct Credential {
    /// The authenticator's own id of it, in base64url.
    pub credential_id: String,
    /// How it is reached, as far as the browser told.
    pub transports: Vec<PasskeyTransport>,
}

impl Factors {
    /// Whether a second factor is on.
    pub fn any(&self) -> bool {
        self.totp.is_some() || !self.passkeys.is_empty()
    }

    /// What the account can be asked for; nothing where no second factor is on.
    pub fn methods(&self) -> Vec<SecondFactorMethod> {
        let is_there = |method: &SecondFactorMethod| match method {
            SecondFactorMethod::Passkey => !self.passkeys.is_empty(),
            SecondFactorMethod::Totp => self.totp.is_some(),
            SecondFactorMethod::RecoveryCode => self.any() && self.recovery_codes_left > 0,
        };
        SecondFactorMethod::ALL.into_iter().filter(is_there).collect()
    }
}

/// An answer that is right. Whether it is good, as none is that was spent before, the statement says that spends it.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum MatchingCode {
    /// A passkey's signature.
    Passkey {
        /// Whose it is.
        passkey: PasskeyId,
        /// The state that it was verified with.
        seen_state: String,
        /// The state from now on.
        dynamic_state: String,
        /// Whether there is a copy of the passkey.
        backed_up: bool,
    },
    /// Of an authenticator app.
    Totp {
        /// The time step whose code it is.
        step: i64,
        /// The secret that it was compared with.
        sealed_secret: SealedSecret,
        /// The same, sealed anew, where its key is being retired.
        resealed_secret: Option<SealedSecret>,
    },
    /// A recovery code.
    Recovery {
        /// Its hash in hexadecimal.
        hash: String,
        /// What its owner is told.
        mail: OutgoingMail,
    },
}

impl From<&MatchingCode> for Parameter {
    fn from(code: &MatchingCode) -> Self {
        Self::json(code)
    }
}

/// What an account has.
pub async fn find(db: &Db, user: UserId) -> Result<Factors, DbError> {
    db.fetch_one(&FIND, vec![user.into()]).await
}

/// Spends a code on the proof that a session's owner is at the keyboard; answers whether it was good.
pub async fn prove(
    db: &Db,
    session: SessionId,
    user: UserId,
    code: &MatchingCode,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let parameters = vec![session.into(), user.into(), code.into(), now.into()];
    Ok(db.fetch_optional::<bool>(&PROVE, parameters).await?.is_some())
}

/// Spends a code on a whole sign-in, which only a passkey is; answers whether it was good.
pub async fn spend(db: &Db, user: UserId, code: &MatchingCode, now: DateTime<Utc>) -> Result<bool, DbError> {
    db.fetch_one(&SPEND, vec![user.into(), code.into(), now.into()]).await
}

/// Gives an account new recovery codes; answers `false` where it has no second factor.
pub async fn replace_recovery_codes(
    db: &Db,
    user: UserId,
    codes: &[RecoveryCode],
    mail: &OutgoingMail,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let parameters = vec![user.into(), hashes(codes), mail.into(), now.into()];
    db.fetch_one(&REPLACE_RECOVERY_CODES, parameters).await
}

/// Spin has no arrays of bytes: the SQL decodes them.
pub(crate) fn hashes(codes: &[RecoveryCode]) -> Parameter {
    codes.iter().map(|code| code.hash().to_hex()).collect::<Vec<_>>().into()
}
