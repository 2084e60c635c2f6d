//! The harness of the API tests: the application of `spin.toml`, with the real components, a database of its own and
//! a clock that moves.
//!
//! ```text
//! let app = App::start().await;            // clone of the migrated template, host in process
//! let admin = app.setup().await;           // the first administrator, through the API
//! let response = admin.get("/api/core/v1/me").await;
//! insta::assert_json_snapshot!(response);  // status, headers and body, ids and times made out
//! ```
//!
//! - [`App`]: one application, started and torn down by its test; [`App::builder`] for special cases.
//! - [`Client`], [`Call`], [`Response`]: requests, and answers that snapshot well.
//! - [`Peer`]: the other side of a protocol, a real server of `tests/peers`.
//! - [`ProviderPeer`], [`Browser`]: an identity provider among them, and a browser that goes there.
//! - [`Database`]: the application's database, for what the API doesn't show.
//!
//! With `SPIN_BIN` set, the same tests run on Spin itself; those that move the clock then say so and pass
//! ([`App::movable_clock`]).
#![warn(missing_docs)]
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a harness: what goes wrong here fails the test that called it, with the reason"
)]

mod app;
mod authenticator;
mod client;
mod cookie;
mod database;
mod device;
mod identity_provider;
mod mailbox;
pub mod peer;
mod people;
mod response;
mod roles;
mod spin;

pub use app::{App, Builder, PUBLIC_URL, TICK_TOKEN, repository};
pub use authenticator::Authenticator;
pub use client::{Call, Client};
pub use cookie::Cookie;
pub use database::Database;
pub use device::{Algorithm, Device, Scene};
pub use identity_provider::{Browser, CLIENT_ID, ProviderPeer};
pub use mailbox::Mail;
pub use peer::Peer;
pub use people::{PASSWORD, sign_in_request};
pub use response::Response;
