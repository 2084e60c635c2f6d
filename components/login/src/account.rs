//! `/api/core/v1/auth/account/...`

pub mod delete;
pub mod export;
