//! Who may depend on whom. The table is the architecture: a new package gets a row.

use std::fs::read_to_string;

use anyhow::{Context, Result};

use super::Finding;
use crate::workspace::Workspace;

/// Folders, and the folders whose packages they may use; the first that fits a package is its row.
const RULES: [(&str, &[&str]); 13] = [
    ("crates/contract", &[]),
    ("crates/credentials", &["crates/contract"]),
    ("crates/jobs", &["crates/contract"]),
    ("crates/realtime", &["crates/contract"]),
    ("crates/mail", &["crates/contract"]),
    ("crates/platform", &["crates/contract", "crates/credentials"]),
    ("crates/store", &["crates/contract", "crates/credentials", "crates/mail", "crates/platform"]),
    ("components", &["crates"]),
    ("ui", &["crates/contract", "ui"]),
    ("host/tests/guests", &[]),
    ("host", &["crates/realtime"]),
    ("tests", &["components", "crates", "host"]),
    ("xtask", &["crates/contract", "crates/credentials"]),
];

/// Who may know Spin.
const SPIN: [&str; 4] = ["crates/platform", "crates/store", "components", "host/tests/guests"];

/// A package of the workspace.
pub struct Member {
    /// From the repository's root, with `/`.
    folder: String,
    /// Its `Cargo.toml`.
    manifest: String,
    dependencies: Vec<Dependency>,
}

struct Dependency {
    /// As the manifest has it.
    name: String,
    /// Where it is, if it is a member too.
    folder: Option<String>,
}

/// All members, with their dependencies of every kind.
pub fn members(workspace: &Workspace) -> Result<Vec<Member>> {
    let mut members = Vec::new();
    for package in workspace.packages() {
        let manifest = read_to_string(&package.manifest_path)
            .with_context(|| format!("reading {}", package.manifest_path))?;
        let dependencies = package.dependencies.iter().map(|dependency| Dependency {
            name: dependency.rename.clone().unwrap_or_else(|| dependency.name.clone()),
            folder: dependency.path.as_ref().map(|path| {
                let root = workspace.root();
                path.as_std_path()
                    .strip_prefix(root)
                    .unwrap_or(path.as_std_path())
                    .to_string_lossy()
                    .replace('\\', "/")
            }),
        });
        let dependencies = dependencies.collect();
        members.push(Member { folder: workspace.folder(package), manifest, dependencies });
    }
    Ok(members)
}

pub fn check(members: &[Member]) -> Vec<Finding> {
    members.iter().flat_map(check_member).collect()
}

fn check_member(member: &Member) -> Vec<Finding> {
    let find = |line, message| Finding { file: format!("{}/Cargo.toml", member.folder), line, message };
    let Some((_, allowed)) = RULES.iter().find(|(folder, _)| is_within(&member.folder, folder)) else {
        return vec![find(1, "this package has no row in the dependency rules of xtask".to_owned())];
    };
    let mut findings = Vec::new();
    for Dependency { name, folder } in &member.dependencies {
        let line = line_of(&member.manifest, name);
        if let Some(folder) = folder
            && !allowed.iter().any(|allowed| is_within(folder, allowed))
        {
            findings.push(find(line, format!("{} may not depend on {folder}", member.folder)));
        }
        if name == "spin-sdk" && !SPIN.iter().any(|folder| is_within(&member.folder, folder)) {
            findings.push(find(
                line,
                format!("{} may not know Spin: that is {}", member.folder, SPIN.join(", ")),
            ));
        }
    }
    findings
}

fn is_within(folder: &str, parent: &str) -> bool {
    folder.strip_prefix(parent).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn line_of(manifest: &str, dependency: &str) -> usize {
    let names = |line: &str| {
        line.strip_prefix(dependency).is_some_and(|rest| rest.starts_with(['.', ' ', '=']))
            || line.trim_end().ends_with(&format!(".{dependency}]"))
    };
    manifest.lines().position(names).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(folder: &str, dependencies: &[(&str, Option<&str>)]) -> Vec<String> {
        let manifest = "[dependencies]\ncontract.workspace = true\nspin-sdk.workspace = true\nstore = { path = \"x\" }\n";
        let dependencies = dependencies
            .iter()
            .map(|(name, folder)| Dependency { name: (*name).to_owned(), folder: folder.map(str::to_owned) })
            .collect();
        let member = Member { folder: folder.to_owned(), manifest: manifest.to_owned(), dependencies };
        check(&[member]).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn the_table_holds_both_ways() {
        assert!(findings("components/login", &[("store", Some("crates/store"))]).is_empty());
        assert_eq!(
            findings("ui/app", &[("contract", Some("crates/contract")), ("store", Some("crates/store"))]),
            ["ui/app/Cargo.toml:4: ui/app may not depend on crates/store"]
        );
        assert_eq!(
            findings("crates/contract", &[("store", Some("crates/store"))]),
            ["crates/contract/Cargo.toml:4: crates/contract may not depend on crates/store"]
        );
    }

    #[test]
    fn spin_is_known_to_few() {
        assert!(findings("crates/platform", &[("spin-sdk", None)]).is_empty());
        assert_eq!(
            findings("crates/credentials", &[("spin-sdk", None)]),
            ["crates/credentials/Cargo.toml:3: crates/credentials may not know Spin: \
              that is crates/platform, crates/store, components, host/tests/guests"]
        );
    }

    #[test]
    fn a_newcomer_needs_a_row() {
        assert_eq!(
            findings("bench", &[]),
            ["bench/Cargo.toml:1: this package has no row in the dependency rules of xtask"]
        );
        assert_eq!(findings("crates/contracts", &[]).len(), 1);
    }
}
