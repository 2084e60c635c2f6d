//! `/api/core/v1/admin/mails/...`: what Matrice has written.

pub mod get;
pub mod list;
pub mod retry;
