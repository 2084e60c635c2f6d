//! The API's client.
//!
//! A signed-out and a signed-in client are different types: [`Visitor`] can sign in, [`Session`] can do
//! what needs an account, and neither can be mistaken for the other. Beneath them, [`Connection`]
//! repeats what may be repeated and renews the access, and [`Transport`] is the browser, or a script
//! in the tests.

mod applications;
mod connection;
mod error;
mod passkeys;
mod retry;
mod roles;
mod session;
mod transport;
mod visitor;
mod web;

#[cfg(test)]
mod scripted;

pub use connection::Connection;
pub use error::ApiError;
pub use session::Session;
pub use transport::{Lost, Method, Request, Response, Transport};
pub use visitor::{IDENTITY_PROVIDERS, SignIn, Visitor};
pub use web::Web;
