//! The browser of the tests, and the UI's own tests in it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tokio::process::Command;
use tokio::task::spawn_blocking;

use super::cargo::tests;
use super::tally::Tally;
use crate::machine;
use crate::process::{run, show_kept};
use crate::progress::Step;
use crate::ui_build::browser_tests;
use crate::workspace::Workspace;

/// The UI's own tests.
pub async fn unit(workspace: &Workspace) -> Result<Tally> {
    let driver = driver().await?;
    let step = Step::start("Preparing the browser tests of the UI");
    let (root, target) = (workspace.root().to_owned(), workspace.target().to_owned());
    let (command, step) = spawn_blocking(move || {
        let command = browser_tests(&root, &target, &driver, &|line| step.show(line));
        (command, step)
    })
    .await
    .context("preparing the browser tests")?;
    let mut command = Command::from(command?);
    step.done("");
    tests("Testing the UI in a browser", &mut command).await
}

/// `ChromeDriver`: `CHROMEDRIVER`, the path's, the one of GitHub's machines, or Debian's.
async fn driver() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMEDRIVER") {
        return Ok(path.into());
    }
    if let Some(folder) = std::env::var_os("CHROMEWEBDRIVER") {
        return Ok(Path::new(&folder).join("chromedriver").with_extension(std::env::consts::EXE_EXTENSION));
    }
    machine::ensure("chromedriver", "chromium-driver", "Testing the UI in a browser").await
}

/// Where the browser is.
pub enum Browser {
    /// This program.
    Program(PathBuf),
    /// Wherever Playwright has put its own.
    Playwrights,
}

impl Browser {
    /// The one on the machine, else Playwright's own install, else Debian's package.
    pub async fn find(e2e: &Path) -> Result<Self> {
        if let Some(program) = on_the_machine() {
            return Ok(Self::Program(program));
        }
        let step = Step::start("Letting Playwright install Chromium: there is none on this machine");
        let mut install = Command::new(which::which("npx")?);
        install.current_dir(e2e).args(["--no-install", "playwright", "install", "chromium"]);
        let finished = run(&mut install, &step).await?;
        if finished.status.success() {
            step.done("");
            return Ok(Self::Playwrights);
        }
        show_kept(&step, &finished.output);
        drop(step);
        Ok(Self::Program(machine::ensure("chromium", "chromium", "Testing in a browser").await?))
    }
}

fn on_the_machine() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CHROME_PATH") {
        return Some(path.into());
    }
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let places = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];
    names
        .into_iter()
        .find_map(|name| which::which(name).ok())
        .or_else(|| places.into_iter().map(PathBuf::from).find(|place| place.is_file()))
}
