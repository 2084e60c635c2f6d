//! The answers of second factors: compared here, spent by the statement that does what they are good for.

use anyhow::Context;
use chrono::{DateTime, Utc};
use contract::{SecondFactorAnswer, UserId};
use credentials::{RecoveryCode, SealedSecret, TotpSecret, os_rng};
use mail::Message;
use platform::{Result, config, db::Db};
use store::{
    email_link::Reader,
    second_factor::{Factors, MatchingCode, TotpFactor},
};

use crate::{
    attempts::{self, Standing},
    letter, links,
    passkeys::{assertion, ceremony::Occasion},
    visit::Visit,
};

/// What the account is asked, and what it answers.
pub struct Answer<'a> {
    /// Whose it must be.
    pub reader: &'a Reader,
    /// What the account has.
    pub factors: &'a Factors,
    /// What was typed, or signed.
    pub given: &'a SecondFactorAnswer,
    /// What for.
    pub occasion: Occasion,
}

/// The answer, where it is one of the account's. Tries are counted, those at what can be guessed more strictly.
pub async fn matching(
    db: &Db,
    visit: &Visit,
    answer: Answer<'_>,
    now: DateTime<Utc>,
) -> Result<Option<MatchingCode>> {
    let Answer { reader, factors, given, occasion } = answer;
    if let SecondFactorAnswer::Passkey(given) = given {
        attempts::count_anonymous(db, &visit.client).await?;
        return assertion::of(db, visit.site, occasion, given, reader.user_id).await.map(Some);
    }
    let standing = match occasion {
        Occasion::StepUp(_) => Standing::SignedIn,
        Occasion::Registration(_) | Occasion::SignIn | Occasion::SecondFactor(_) => Standing::Stranger,
    };
    attempts::count_code(db, &visit.client, reader.user_id, standing).await?;
    match (given, &factors.totp) {
        (SecondFactorAnswer::Totp(code), Some(totp)) => matching_totp(totp, reader.user_id, code, now).await,
        (SecondFactorAnswer::RecoveryCode(code), _) if factors.any() => {
            let Some(code) = RecoveryCode::parse(code) else { return Ok(None) };
            let message = Message::RecoveryCodeUsed {
                left: factors.recovery_codes_left.saturating_sub(1),
                forgot_password: &links::forgot_password(visit.site),
            };
            let mail = letter::write(&reader.email, Some(reader), visit.language, &message)?;
            Ok(Some(MatchingCode::Recovery { hash: code.hash().to_hex(), mail }))
        }
        _ => Ok(None),
    }
}

async fn matching_totp(
    factor: &TotpFactor,
    owner: UserId,
    code: &str,
    now: DateTime<Utc>,
) -> Result<Option<MatchingCode>> {
    let keys = config::encryption_keys().await?;
    let secret = open(&factor.sealed_secret, owner).await?;
    let resealed_secret =
        keys.is_outdated(&factor.sealed_secret).then(|| keys.seal(secret.as_bytes(), owner, &mut os_rng()));
    Ok(secret.step_of(code, now).map(|step| MatchingCode::Totp {
        step,
        sealed_secret: factor.sealed_secret.clone(),
        resealed_secret,
    }))
}

/// The secret of an account's app.
pub async fn open(sealed: &SealedSecret, owner: UserId) -> Result<TotpSecret> {
    let keys = config::encryption_keys().await?;
    let bytes = keys.open(sealed, owner).context("stored TOTP secret")?;
    Ok(TotpSecret::from_bytes(&bytes).context("stored TOTP secret")?)
}
