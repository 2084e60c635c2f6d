//! Whether the owner of an account is at the keyboard, or somebody who found it signed in.

use anyhow::Context;
use contract::{FieldCode, Me, Password, ProblemCode};
use credentials::PasswordHash;
use platform::{Result, clock, problem::refuse_field};
use store::{Caller, Requirement, credential};

use crate::attempts::{self, Attempt, Standing};

/// Refuses `field` where it is not the caller's password; guesses count as at the sign-in. Where a second factor is on,
/// a password is not proof enough: that must be fresh, too. `password_not_set` where there is none: a mailed link sets one.
/// Answers the hash that it was compared with.
pub async fn prove<R: Requirement<Me = Me>>(
    caller: &Caller<R>,
    field: &str,
    given: &Password,
) -> Result<PasswordHash> {
    let Caller { me, db, client, .. } = caller;
    if !me.has_password {
        return Err(ProblemCode::PasswordNotSet.into());
    }
    if me.second_factor.enabled {
        caller.require_proof()?;
    }
    let attempt = Attempt { client, email: &me.email, standing: Standing::SignedIn };
    attempt.count(db).await?;
    let (network, since) = (client.network_text(), attempts::known_since(clock::now()));
    let stored =
        credential::find(db, &me.email, &network, since).await?.context("the caller has no password")?;
    let hash = PasswordHash::parse(stored.password_hash.as_str()).context("stored password hash")?;
    if !hash.verify(given).context("stored password hash")?.matches {
        return Err(refuse_field(field, FieldCode::Wrong));
    }
    attempts::forget(db, client, &me.email).await?;
    Ok(hash)
}
