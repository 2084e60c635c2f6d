//! `/api/core/v1/auth/consents/...`

pub mod list;
pub mod withdraw;
