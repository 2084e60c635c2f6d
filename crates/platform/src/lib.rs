//! The component kit: what every component needs between Spin and its handlers.
//!
//! Lives here: configuration from Spin's variables, the database and key-value connections, the
//! verified access token of a request, errors and how they become problem details, and
//! [`serve`](serve::serve), the pipeline around every handler. Components and `store` depend on it.
//! Nothing here knows a table or an endpoint.
#![warn(missing_docs)]

pub mod access_token;
pub mod api_key;
pub mod bearer;
pub mod client;
pub mod clock;
pub mod config;
pub mod cors;
pub mod cursor;
pub mod db;
pub mod device;
pub mod error;
pub mod etag;
pub mod extract;
mod instance;
pub mod key_value;
pub mod links;
mod log;
pub mod openapi;
pub mod origin;
pub mod problem;
pub mod readiness;
pub mod request_id;
pub mod revocation;
pub mod security_headers;
pub mod serve;
pub mod tick;

pub use error::{Error, Result};
