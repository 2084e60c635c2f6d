//! The stages that cargo runs.

use anyhow::Result;
use tokio::process::Command;

use super::tally::Tally;
use crate::machine;
use crate::process::{describe, run, run_to_success, show_kept};
use crate::progress::Step;
use crate::workspace::{COMPONENT_TARGET, OWN_PACKAGE, Platform, UI_LIBRARY, UI_TARGET, Workspace};

/// The package of the API's tests, and its test of the SQL statements.
const API_PACKAGE: &str = "tests";
const SQL_TEST: &str = "sql";
/// Libraries that run in components, tested on the machine.
const COMPONENT_LIBRARIES: [&str; 2] = ["platform", "store"];

pub async fn fmt(workspace: &Workspace, packages: &[String]) -> Result<Tally> {
    let mut cargo = workspace.cargo("fmt");
    if packages.is_empty() {
        cargo.arg("--all");
    }
    for package in packages {
        cargo.args(["--package", package]);
    }
    check("Checking the format", cargo.arg("--check")).await
}

/// Each package for what it is made for; components and their libraries for the machine too, where their tests run.
pub async fn clippy(workspace: &Workspace, packages: &[String]) -> Result<Tally> {
    let mut components = workspace.names(Platform::Component);
    components.extend(COMPONENT_LIBRARIES);
    let mut native = workspace.names(Platform::Native);
    native.extend(workspace.components());
    let native = ("the machine", native, vec!["--all-targets"]);
    let sandbox = ("components", components, vec!["--target", COMPONENT_TARGET]);
    let browser =
        ("browsers", workspace.names(Platform::Browser), vec!["--target", UI_TARGET, "--all-targets"]);
    let mut tally = Tally::default();
    for (place, names, arguments) in [native, sandbox, browser] {
        let names = chosen(names, packages);
        if names.is_empty() {
            continue;
        }
        let mut cargo = workspace.cargo("clippy");
        cargo.args(arguments);
        for name in names {
            cargo.args(["--package", name]);
        }
        tally += check(&format!("Linting for {place}"), cargo.args(["--", "--deny", "warnings"])).await?;
    }
    Ok(tally)
}

/// Builds all that the later stages run on the machine.
pub async fn build(workspace: &Workspace) -> Result<()> {
    let step = Step::start("Building the embedded host and the tests");
    run_to_success(workspace.cargo_on_the_machine("build").args(["--bin", "matrice-host", "--tests"]), &step)
        .await?;
    step.done("");
    Ok(())
}

/// Everything that is tested on the machine, but for the application as a whole.
pub async fn unit(
    workspace: &Workspace,
    packages: &[String],
    environment: &[(&str, String)],
) -> Result<Tally> {
    if packages.is_empty() || packages.iter().any(|package| package == "host") {
        machine::ensure("redis-server", "redis-server", "Testing the host's key-value stores").await?;
    }
    let mut calls = Vec::new();
    if packages.is_empty() {
        let mut cargo = workspace.cargo_on_the_machine("test");
        cargo.args(["--no-fail-fast", "--lib", "--bins"]);
        for name in integration_tests(workspace, |package| package != API_PACKAGE) {
            cargo.args(["--test", name]);
        }
        calls.push(cargo);
        let mut own = workspace.cargo("test");
        own.args(["--package", OWN_PACKAGE]);
        calls.push(own);
    } else {
        let mut cargo = workspace.cargo("test");
        cargo.arg("--no-fail-fast");
        for package in packages {
            cargo.args(["--package", package]);
        }
        calls.push(cargo);
    }
    let mut tally = Tally::default();
    for cargo in &mut calls {
        tally += tests("Running the unit tests", cargo.envs(environment.iter().cloned())).await?;
    }
    Ok(tally)
}

pub async fn sql(workspace: &Workspace, environment: &[(&str, String)]) -> Result<Tally> {
    let mut cargo = workspace.cargo_on_the_machine("test");
    cargo.args(["--no-fail-fast", "--test", SQL_TEST]);
    tests("Preparing every SQL statement", cargo.envs(environment.iter().cloned())).await
}

pub async fn api(workspace: &Workspace, environment: &[(&str, String)]) -> Result<Tally> {
    let mut cargo = workspace.cargo_on_the_machine("test");
    cargo.arg("--no-fail-fast");
    for name in integration_tests(workspace, |package| package == API_PACKAGE) {
        if name != SQL_TEST {
            cargo.args(["--test", name]);
        }
    }
    tests("Testing the API", cargo.envs(environment.iter().cloned())).await
}

/// The names of the integration tests of those packages.
fn integration_tests(workspace: &Workspace, wanted: impl Fn(&str) -> bool) -> Vec<&str> {
    let on_the_machine = workspace.on_the_machine();
    workspace
        .packages()
        .iter()
        // The UI's are for browsers.
        .filter(|package| package.name != UI_LIBRARY && on_the_machine.contains(&package.name.as_str()))
        .filter(|package| wanted(&package.name))
        .flat_map(|package| package.targets.iter().filter(|target| target.is_test()))
        .map(|target| target.name.as_str())
        .collect()
}

fn chosen<'a>(names: Vec<&'a str>, packages: &[String]) -> Vec<&'a str> {
    names
        .into_iter()
        .filter(|name| packages.is_empty() || packages.iter().any(|chosen| chosen == name))
        .collect()
}

/// A command that holds or doesn't.
pub async fn check(title: &str, command: &mut Command) -> Result<Tally> {
    let step = Step::start(title);
    let finished = run(command, &step).await?;
    let success = finished.status.success();
    if success {
        step.done("");
    } else {
        show_kept(&step, &finished.output);
        step.note(&format!("`{}` failed", describe(command)));
    }
    Ok(Tally::of(success))
}

/// A command that runs Rust tests.
pub async fn tests(title: &str, command: &mut Command) -> Result<Tally> {
    let step = Step::start(title);
    let finished = run(command, &step).await?;
    let success = finished.status.success();
    let tally = Tally::of_cargo(&finished.output, success);
    if success {
        step.done(format!("{} passed", tally.passed));
    } else {
        show_kept(&step, &finished.output);
    }
    Ok(tally)
}
