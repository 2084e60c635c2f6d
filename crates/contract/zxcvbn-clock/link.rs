//! The build script of the components that judge passwords: links the clock that zxcvbn asks its host for.

use std::env;

const CLOCK: &str = "../../crates/contract/zxcvbn-clock/clock.wat";

fn main() {
    println!("cargo::rerun-if-changed={CLOCK}");
    if let (Ok("wasi"), Ok(folder)) =
        (env::var("CARGO_CFG_TARGET_OS").as_deref(), env::var("CARGO_MANIFEST_DIR"))
    {
        println!("cargo::rustc-link-arg-cdylib=--adapt=zxcvbn={folder}/{CLOCK}");
    }
}
