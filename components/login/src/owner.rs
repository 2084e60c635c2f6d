//! Whether the owner of an account is at the keyboard, or somebody who found it signed in.

use anyhow::Context;
use contract::{FieldCode, Password};
use credentials::PasswordHash;
use platform::{Result, client::Client, problem::refuse_field};
use store::{Caller, credential};

use crate::attempts;

/// Refuses the field `current_password` where it is not the caller's. Guesses count as at the sign-in.
pub async fn prove(caller: &Caller, client: &Client, password: &Password) -> Result<()> {
    let Caller { me, db, .. } = caller;
    attempts::count_login(db, client, &me.email).await?;
    let stored = credential::find(db, &me.email).await?.context("the caller has no password")?;
    let hash = PasswordHash::parse(stored.password_hash.as_str()).context("stored password hash")?;
    if !hash.verify(password).context("stored password hash")?.matches {
        return Err(refuse_field("current_password", FieldCode::Wrong));
    }
    attempts::forget(db, &me.email).await
}
