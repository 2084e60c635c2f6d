//! `/api/core/v1/auth/password/...`

use anyhow::Context;
use contract::{Email, FieldCode, Password};
use credentials::PasswordHash;
use platform::{Result, db::Db, problem::refuse_field};
use store::credential;

use crate::{attempts, visit::Visit};

pub mod change;
pub mod forgot;
pub mod reset;

/// Counts a try at the caller's own password, and refuses `field` where it isn't that.
pub async fn check(db: &Db, visit: &Visit, owner: &Email, field: &str, given: &Password) -> Result<()> {
    attempts::count_login(db, &visit.client, owner).await?;
    let stored = credential::find(db, owner).await?.context("the caller has no password")?;
    let hash = PasswordHash::parse(stored.password_hash.as_str()).context("stored password hash")?;
    let verdict = hash.verify(given).context("stored password hash")?;
    if verdict.matches { Ok(()) } else { Err(refuse_field(field, FieldCode::Wrong)) }
}
