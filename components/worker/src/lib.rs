//! The heavy jobs, in a sandbox of their own: no hosts, no stores, no secrets, no public route.
//!
//! Reached by service chaining alone. It says that it is alive; the jobs move in with `crates/jobs`.

#[cfg(target_arch = "wasm32")]
mod component;
#[cfg(target_arch = "wasm32")]
mod health;
