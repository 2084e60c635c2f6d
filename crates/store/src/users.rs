//! Accounts, one operation a file.

use contract::User;
use serde::Deserialize;

pub mod create;
pub mod get;
pub mod list;
pub mod reset_second_factor;
pub mod sessions;
pub mod status;
pub mod update;
pub mod update_me;

/// The name of the constraint that keeps addresses unique.
pub(crate) const EMAIL_KEY: &str = "users_email_key";
/// The name of the constraint that keeps an account's roles known.
pub(crate) const ROLE_KEY: &str = "user_roles_role_fkey";

/// Why an account was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No such account.
    NotFound,
    /// It was changed since it was read.
    PreconditionFailed,
    /// Nobody would be left to administer.
    LastAdministrator,
    /// Another account has the address.
    EmailTaken,
    /// There is no such role.
    UnknownRole,
}

/// What the SQL functions answer.
#[derive(Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub(crate) enum Answer<T> {
    Done(T),
    NotFound,
    PreconditionFailed,
    LastAdministrator,
}

impl<T> Answer<T> {
    pub(crate) fn into_result(self) -> Result<T, Refusal> {
        match self {
            Self::Done(done) => Ok(done),
            Self::NotFound => Err(Refusal::NotFound),
            Self::PreconditionFailed => Err(Refusal::PreconditionFailed),
            Self::LastAdministrator => Err(Refusal::LastAdministrator),
        }
    }
}

#[derive(Deserialize)]
struct Changed {
    user: User,
}
