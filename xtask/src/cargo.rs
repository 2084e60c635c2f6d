//! Cargo, called from within a program that Cargo runs.

use std::env;
use std::process::Command;

/// What Cargo says of the package that it runs, this one. Passed on, it would look as if the environment of build
/// scripts had changed, and whatever depends on them would be compiled again, each time.
const OF_THIS_PACKAGE: [&str; 4] = ["CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_BIN_", "CARGO_CRATE_"];

/// The Cargo that runs this program, as if it were called from a shell.
pub fn command() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        if OF_THIS_PACKAGE.iter().any(|prefix| name.to_string_lossy().starts_with(prefix)) {
            command.env_remove(name);
        }
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cargo runs this test too, with its variables set.
    #[test]
    fn nothing_of_this_package_is_passed_on() {
        let command = command();
        let removed: Vec<_> =
            command.get_envs().filter(|(_, value)| value.is_none()).map(|(name, _)| name).collect();
        for name in ["CARGO_MANIFEST_DIR", "CARGO_PKG_NAME", "CARGO_PKG_VERSION_MAJOR"] {
            assert!(env::var_os(name).is_some() && removed.iter().any(|removed| *removed == name), "{name}");
        }
    }
}
