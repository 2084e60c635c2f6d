//! Where randomness comes from.

use getrandom::{SysRng, rand_core::UnwrapErr};
use rand_core::CryptoRng;

/// The operating system's generator; inside a component, `wasi:random`, which cannot fail.
///
/// Natively it panics where the system has no entropy: there is nothing safe to do then.
pub fn os_rng() -> impl CryptoRng {
    UnwrapErr(SysRng)
}
