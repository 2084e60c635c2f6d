//! `/api/core/v1/auth/invitations/...`: here, because each is a mail with a link that only this component may make.

pub mod create;
pub mod list;
pub mod withdraw;
