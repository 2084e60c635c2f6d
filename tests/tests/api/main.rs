//! The API, as its clients see it: the real components, a database per test. One module per topic.
//!
//! Each snapshot is what the API answers; the text between the quotes is written by `cargo insta`.
#![expect(clippy::unwrap_used, reason = "tests: what goes wrong fails them")]

mod at_once;
mod edges;
mod guessing;
mod login;
mod login_attempts;
mod logout;
mod mails;
mod me;
mod new_device;
mod openapi;
mod outage;
mod password_reset;
mod password_strength;
mod password_work;
mod refresh;
mod services;
mod sessions;
mod setup;
mod signing_keys;
mod tokens;
mod users;
mod users_list;
mod users_lock;
mod users_update;
mod worker;
