//! What a passkey has signed: whether it holds, and whose it is.

use contract::{PasskeyAssertion, ProblemCode, UserId};
use platform::{Error, Result, config::Site, db::Db};
use serde_json::Value;
use store::{
    passkey::{self, Signer},
    second_factor::MatchingCode,
};

use super::{
    ceremony::{self, Occasion},
    relying_party::RelyingParty,
};

/// The passkey that is said to have signed.
pub async fn signer(db: &Db, credential: &Value) -> Result<Option<Signer>> {
    match credential["id"].as_str() {
        Some(id) => Ok(passkey::find_signer(db, id).await?),
        None => Ok(None),
    }
}

/// The signature of one of an account's passkeys, on that occasion.
pub async fn of(
    db: &Db,
    site: &Site,
    occasion: Occasion,
    given: &PasskeyAssertion,
    account: UserId,
) -> Result<MatchingCode> {
    let state = ceremony::finish(db, occasion, &given.ceremony).await?;
    let signer = signer(db, &given.credential).await?.filter(|signer| signer.owner.user_id == account);
    let signer = signer.ok_or(ProblemCode::PasskeyUnknown)?;
    let read = RelyingParty::of(site)?.read_one_of(&state, &given.credential, &signer);
    read.inspect_err(|error| warn_of_copy(error, &signer))
}

/// The signature of whosever passkey, to sign in.
pub async fn of_anybody(
    db: &Db,
    site: &Site,
    given: &PasskeyAssertion,
    signer: Option<&Signer>,
) -> Result<MatchingCode> {
    let state = ceremony::finish(db, Occasion::SignIn, &given.ceremony).await?;
    let signer = signer.ok_or(ProblemCode::PasskeyUnknown)?;
    let read = RelyingParty::of(site)?.read_anybodys(&state, &given.credential, signer);
    read.inspect_err(|error| warn_of_copy(error, signer))
}

/// A counter that goes back is the operator's business, too.
fn warn_of_copy(error: &Error, signer: &Signer) {
    if error.code() == ProblemCode::PasskeyCloned {
        tracing::warn!(user_id = %signer.owner.user_id, passkey_id = %signer.id, "passkey_cloned");
    }
}
