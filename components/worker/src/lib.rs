//! What is done when its time has come, in a sandbox of its own: mails leave, and what has expired is deleted.
//!
//! Reached by service chaining alone: `services` passes the tick on. It alone knows how mail leaves, and its role in the
//! database may call four functions and read no table. The heavy jobs move in with `crates/jobs`.

#[cfg(any(target_arch = "wasm32", test))]
mod backoff;
#[cfg(target_arch = "wasm32")]
mod component;
#[cfg(target_arch = "wasm32")]
mod delivery;
#[cfg(any(target_arch = "wasm32", test))]
mod dialogue;
#[cfg(target_arch = "wasm32")]
mod expiry;
#[cfg(target_arch = "wasm32")]
mod mail_api;
#[cfg(target_arch = "wasm32")]
mod smtp;
#[cfg(target_arch = "wasm32")]
mod tick;
#[cfg(target_arch = "wasm32")]
mod transport;
