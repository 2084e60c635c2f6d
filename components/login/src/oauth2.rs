//! `/api/core/v1/auth/oauth2/...`: other applications that people sign in to (docs/adr/0015).

pub mod authorization;
mod client;
pub mod consents;
pub mod decision;
pub mod end_session;
mod form;
mod hint;
pub mod introspect;
mod issue;
mod redirect;
mod refusal;
pub mod revoke;
mod rules;
pub mod token;
pub mod userinfo;
