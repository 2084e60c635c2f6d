//! The static file server for the built UI, which Spin mounts at `/`.
//!
//! | request | answer |
//! | --- | --- |
//! | `/assets/...` that is there | 200, `immutable` for a year |
//! | another file that is there | 200, `no-cache` with a strong `ETag` |
//! | `/`, or a page of the application that a browser navigates to | `index.html` |
//! | `app.js.br`, `app.js.gz` beside `app.js`; hidden files; anything else | 404 |
//! | a form that is posted to `/authorize` or `/sign-out` | 303 to the same page, the form in its query |
//! | another method than `GET` and `HEAD` | 405 |
//!
//! A file with a `.br` or `.gz` beside it is sent in that form where `Accept-Encoding` allows; nothing
//! is compressed here. [`FileServer`] decides and is plain Rust, tested natively on a folder; the
//! component around it is one function.
#![warn(missing_docs)]

mod body;
mod cache;
#[cfg(target_arch = "wasm32")]
mod component;
mod encoding;
pub mod form;
mod path;
mod policy;
mod range;
mod refusal;
mod representation;
mod server;

pub use body::Body;
pub use server::FileServer;
