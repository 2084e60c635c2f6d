//! `/api/core/v1/auth/passkeys/...`

pub mod add;
pub mod assertion;
pub mod begin_registration;
pub mod begin_sign_in;
pub mod ceremony;
pub mod list;
pub mod relying_party;
pub mod remove;
pub mod rename;
pub mod sign_in;
