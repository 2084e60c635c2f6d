//! `/api/core/v1/auth/mfa/...`

pub mod begin_totp;
pub mod confirm_totp;
pub mod remove_totp;
pub mod replace_recovery_codes;
pub mod show;
