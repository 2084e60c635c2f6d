//! What only a browser can tell: components on real elements, requests by the real `fetch`, turns by
//! the real locks. Run by `wasm-bindgen-test-runner`; see `ui/README.md`.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test that doesn't find what it looks for has failed")]

mod account;
mod api;
mod authorize;
mod components;
mod member;
mod new_password;
mod page;
mod password;
mod providers;
mod roles;
mod second_factor;
mod sign_in;
mod sign_up;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
