//! The API, as its clients see it: the real components, a database per test. One module per topic.
//!
//! Each snapshot is what the API answers; the text between the quotes is written by `cargo insta`.
#![expect(clippy::unwrap_used, reason = "tests: what goes wrong fails them")]

mod account;
mod api_keys;
mod api_keys_used;
mod at_once;
mod cors;
mod edges;
mod email_change;
mod guessing;
mod invitations;
mod login;
mod login_attempts;
mod logout;
mod mail_api;
mod mail_queue;
mod mail_smtp;
mod mails;
mod me;
mod mfa;
mod new_device;
mod openapi;
mod outage;
mod password_reset;
mod password_strength;
mod password_work;
mod refresh;
mod required_second_factor;
mod second_factor;
mod second_factor_attempts;
mod security_log;
mod services;
mod sessions;
mod setup;
mod sign_up;
mod signing_keys;
mod step_up;
mod tick;
mod tokens;
mod users;
mod users_list;
mod users_lock;
mod users_update;
mod worker;
