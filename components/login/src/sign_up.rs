//! `/api/core/v1/auth/sign-up/...`

pub mod complete;
pub mod request;
pub mod rules;
