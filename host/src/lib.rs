//! Runs a Spin application: the same `spin.toml`, `runtime-config.toml` and `.wasm` files as `spin up`, on an embedded
//! Wasmtime. Library for tests (in process, free port, a clock that can be moved), binary `matrice-host` for local use.
//!
//! Spin's behaviour is the specification. What is not supported is refused at the start with a message that names it.
//!
//! # Where things are
//!
//! | module | what |
//! | --- | --- |
//! | [`host`](Host) | start and stop: [`Host::builder`], [`Running`] |
//! | [`manifest`], [`routes`], [`variables`], [`runtime_config`], [`outbound_hosts`] | what `spin.toml` and `runtime-config.toml` say |
//! | `engine` | Wasmtime: one engine and one compiled copy of a component per process, compilation cache on disk |
//! | `instance` | instances of components, their reuse and expiry |
//! | `server` | HTTP: accept, limits, routing headers, errors, access line |
//! | `outbound_http` | service chaining, self requests, the outside |
//! | [`key_value`], [`postgres`], [`redis`] | Spin's own interfaces |
//! | [`logs`] | structured log: access lines, component output |
//!
//! To add an interface: name it in `bindings.template`, implement the generated traits in a module of its own over
//! [`state::InstanceState`], link it in `engine/link.rs` and list it in `engine/interfaces.rs`.

mod application;
pub mod bindings;
pub mod cli;
pub mod clock;
mod engine;
mod files;
mod host;
mod instance;
pub mod key_value;
pub mod limits;
pub mod logs;
pub mod manifest;
pub mod outbound_hosts;
mod outbound_http;
pub mod postgres;
pub mod redis;
pub mod routes;
pub mod runtime_config;
mod server;
pub mod state;
pub mod variables;

pub use clock::Clock;
pub use host::{Builder, Host, Running};
pub use limits::{InstanceReuse, Limits};
