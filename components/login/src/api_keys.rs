//! `/api/core/v1/auth/api-keys/...`

pub mod create;
pub mod delete;
pub mod list;
