//! `/api/core/v1/admin/clients/{id}/secrets/...`

pub mod create;
pub mod delete;
