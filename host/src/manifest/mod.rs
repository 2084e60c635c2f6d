//! `spin.toml`, manifest version 2: what the host takes from it.
//!
//! The file is read in two steps: [`schema`] is the shape on disk, where an unknown field is an error;
//! [`build`] turns it into the types here, and refuses what the host cannot run. Every refusal names file,
//! line, table and field.

mod build;
mod component;
mod error;
mod identifier;
mod schema;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use indexmap::IndexMap;

pub use error::{ManifestError, Place};

/// An application as its manifest describes it.
#[derive(Debug, Clone)]
pub struct Manifest {
    /// The manifest file, absolute where it was loaded from disk.
    pub path: PathBuf,
    /// `[application]`.
    pub application: Application,
    /// `[variables]`, by name.
    pub variables: IndexMap<String, Variable>,
    /// `[[trigger.http]]`, in the order of the file.
    pub triggers: Vec<HttpTrigger>,
    /// `[component.<id>]`, by id, in the order of the file; inline components of triggers come last.
    pub components: IndexMap<String, Component>,
}

/// `[application]`.
#[derive(Debug, Clone)]
pub struct Application {
    /// The application's name.
    pub name: String,
    /// The application's version, empty where the manifest has none.
    pub version: String,
}

/// An application variable: exactly one of `required` and `default` is given.
#[derive(Clone, PartialEq, Eq)]
pub struct Variable {
    /// The value where no provider has one; `None` where a provider must have it.
    pub default: Option<String>,
    /// Whether the value must not be printed.
    pub secret: bool,
}

/// One `[[trigger.http]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpTrigger {
    /// The trigger's id, made from its place in the file where the manifest has none.
    pub id: String,
    /// The id of the component that answers.
    pub component: String,
    /// Where it answers.
    pub route: Route,
}

/// The `route` of a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// A path pattern, as written: `/exact`, `/user/:id`, `/files/...`.
    Pattern(String),
    /// `{ private = true }`: reached by service chaining only.
    Private,
}

/// One `[component.<id>]`.
#[derive(Debug, Clone, Default)]
pub struct Component {
    /// The component's `.wasm`, absolute where the manifest was loaded from disk.
    pub source: PathBuf,
    /// What the component may read of the file system.
    pub files: Vec<FilesMount>,
    /// Glob patterns, relative to the manifest, of files that stay hidden though `files` has them.
    pub exclude_files: Vec<String>,
    /// Environment variables of the component.
    pub environment: IndexMap<String, String>,
    /// Component variables: name to template (`{{ name }}` stands for an application variable).
    pub variables: IndexMap<String, String>,
    /// Labels of the key-value stores that the component may open.
    pub key_value_stores: Vec<String>,
    /// `allowed_outbound_hosts` as written, templates included.
    pub allowed_outbound_hosts: Vec<String>,
}

/// One entry of a component's `files`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilesMount {
    /// A glob pattern relative to the manifest; matches appear in the guest under the same relative path.
    Pattern(String),
    /// A directory that appears in the guest under another path.
    Placement {
        /// The directory, absolute where the manifest was loaded from disk.
        source: PathBuf,
        /// The absolute path in the guest.
        destination: String,
    },
}

impl Manifest {
    /// Reads and checks the manifest at `path`; relative paths inside are taken from its directory.
    pub fn load(path: &Path) -> Result<Self, ManifestError> {
        let read = |source| ManifestError::Read { path: path.to_owned(), source };
        let path = std::path::absolute(path).map_err(read)?;
        let text = std::fs::read_to_string(&path).map_err(read)?;
        Self::parse(&text, &path)
    }

    /// Checks the manifest `text`, which is said to be the content of `path`.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ManifestError> {
        build::manifest(text, path)
    }

    /// The directory that relative paths of the manifest start from.
    pub fn directory(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }
}

impl std::fmt::Debug for Variable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let default = match (&self.default, self.secret) {
            (Some(_), true) => Some("<secret>"),
            (default, _) => default.as_deref(),
        };
        f.debug_struct("Variable").field("default", &default).field("secret", &self.secret).finish()
    }
}
