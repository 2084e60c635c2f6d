//! `/api/core/v1/auth/password/...`

pub mod change;
pub mod forgot;
pub mod reset;
