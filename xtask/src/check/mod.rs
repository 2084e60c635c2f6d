//! `cargo xtask check`: the rules that no compiler knows. One module per rule; to add one, give it a
//! function from a file to [`Finding`]s and call it in [`findings`].

mod browser_tests;
mod dependencies;
mod length;
mod source;
mod transactions;
mod typography;

use std::fmt;
use std::fs::read_to_string;

use anyhow::{Context, Result, bail};
use ignore::WalkBuilder;

use crate::workspace::Workspace;

/// A rule broken, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// From the repository's root, with `/`.
    file: String,
    /// From 1.
    line: usize,
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Runs the command.
pub fn run(workspace: &Workspace) -> Result<()> {
    let findings = findings(workspace)?;
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => println!("The rules hold."),
        1 => bail!("a rule is broken"),
        count => bail!("rules are broken in {count} places"),
    }
    Ok(())
}

/// Everything that breaks a rule, by file and line.
pub fn findings(workspace: &Workspace) -> Result<Vec<Finding>> {
    let mut findings = dependencies::check(&dependencies::members(workspace)?);
    // What git ignores is not ours to judge, in a checkout without git too.
    for entry in WalkBuilder::new(workspace.root()).require_git(false).build() {
        let entry = entry.context("reading the repository")?;
        let path = entry.path();
        let relative = path.strip_prefix(workspace.root()).unwrap_or(path);
        let file = relative.to_string_lossy().replace('\\', "/");
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => {
                let text = read_to_string(path).with_context(|| format!("reading {file}"))?;
                findings.extend(length::check(&file, &text));
                findings.extend(source::check(&file, &text));
                findings.extend(typography::check(&file, &text));
            }
            Some("ts") if file.starts_with("e2e/") => {
                let text = read_to_string(path).with_context(|| format!("reading {file}"))?;
                findings.extend(browser_tests::check(&file, &text));
            }
            _ => {}
        }
    }
    findings.sort();
    Ok(findings)
}
