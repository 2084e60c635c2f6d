//! The host's own tests: real components on the in-process host, or on real Spin where `SPIN_BIN` names its binary.
//!
//! The guests are members of the workspace, in `tests/guests/`; [`guests`] builds them once per run through cargo,
//! which knows by itself whether they are stale. To add a test: a module here; to add what a guest can do: a module in
//! `tests/guests/probe/`.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod app;
mod chaining;
mod client;
mod clock;
mod faults;
mod files;
mod guests;
mod key_value;
mod lifecycle;
mod limits;
mod logs;
mod outbound;
mod postgres;
mod redis;
mod requests;
mod routing;
mod start;
mod variables;
mod wasi_02;
