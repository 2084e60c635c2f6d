//! The application in a browser: a database and identity providers of its own, the embedded host, Playwright.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;

use anyhow::{Context, Result};
use tokio::process::Command;

use super::browser::Browser;
use super::database::TestDatabase;
use super::identity_providers::IdentityProviders;
use super::tally::Tally;
use super::{npm, peers};
use crate::process::{run, run_to_success, show_kept};
use crate::progress::{Step, print};
use crate::secrets::Secrets;
use crate::up::{Output, Program, Server, identity, issue_setup_link, local_url};
use crate::workspace::Workspace;

const DATABASE: &str = "matrice_e2e";

/// Runs the stage.
pub async fn run_tests(workspace: &Workspace, database: &TestDatabase) -> Result<Tally> {
    let folder = workspace.root().join("e2e");
    install_packages(&folder).await?;
    peers::install_npm(workspace).await?;
    let browser = Browser::find(&folder).await?;

    let place = workspace.local().join("test").join("e2e");
    if place.is_dir() {
        fs::remove_dir_all(&place).with_context(|| format!("removing {}", place.display()))?;
    }
    fs::create_dir_all(&place).with_context(|| format!("creating {}", place.display()))?;
    let (client, mut variables) = database.clone_template(DATABASE).await?;
    let listen = free_address()?;
    let url = local_url(listen);
    variables.extend(identity(&Secrets::generate()?, &url)?);
    let providers = IdentityProviders::start(workspace, &place, &url).await?;
    variables.extend(providers.variables());

    let log = place.join("host.log");
    let output = Output::File(log.clone());
    let program = Program::embedded(workspace);
    let mut server = Server::start(workspace, &program, listen, &place.join("state"), &variables, output)?;
    let outcome = async {
        server.ready(&url).await?;
        let setup = issue_setup_link(&client, &url).await?.context("the new database has accounts")?;
        let environment = providers.environment().into_iter();
        let environment = environment.chain([("MATRICE_URL", &*url), ("MATRICE_SETUP_URL", &*setup)]);
        playwright(&folder, &place, &browser, environment).await
    }
    .await;
    let stopped = server.stop().await;
    if !matches!(outcome, Ok(tally) if tally.failed == 0) {
        print(&format!("What the host printed ({}):", log.display()));
        print(&fs::read_to_string(&log).unwrap_or_default());
    }
    let tally = outcome?;
    stopped?;
    Ok(tally)
}

async fn install_packages(folder: &Path) -> Result<()> {
    npm::install(folder, "the browser tests").await?;
    let step = Step::start("Checking the types of the browser tests");
    let mut types = Command::new(which::which("npx")?);
    run_to_success(types.current_dir(folder).args(["--no-install", "tsc"]), &step).await?;
    step.done("");
    Ok(())
}

async fn playwright(
    folder: &Path,
    place: &Path,
    browser: &Browser,
    environment: impl Iterator<Item = (&str, &str)>,
) -> Result<Tally> {
    let step = Step::start("Testing the application in a browser");
    let report = place.join("report.json");
    let mut test = Command::new(which::which("npx")?);
    test.current_dir(folder).args(["--no-install", "playwright", "test", "--reporter=list,json"]);
    test.envs(environment).env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    if let Browser::Program(program) = browser {
        test.env("CHROME_PATH", program);
    }
    let finished = run(&mut test, &step).await?;
    let success = finished.status.success();
    if !success {
        show_kept(&step, &finished.output);
    }
    // Without a report it did not get as far as a test.
    let Ok(report) = fs::read_to_string(&report) else { return Ok(Tally::failure()) };
    let tally = Tally::of_playwright(&report, success)?;
    if tally.failed == 0 {
        step.done(format!("{} passed", tally.passed));
    }
    Ok(tally)
}

fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("looking for a free port")?;
    listener.local_addr().context("looking for a free port")
}
