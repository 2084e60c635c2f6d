//! Why a manifest was refused, and where in the file.

use std::{
    fmt,
    ops::Range,
    path::{Path, PathBuf},
};

/// A manifest that cannot be read, or that the host refuses.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// The file cannot be read.
    #[error("cannot read the manifest {}: {source}", path.display())]
    Read {
        /// The manifest file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The file is not TOML, or holds something that is unknown, wrong or not supported.
    #[error("{place}: {message}")]
    Invalid {
        /// Where in the file.
        place: Place,
        /// The table, the field and what is wrong with it.
        message: String,
    },
}

/// A place in a configuration file, printed as `spin.toml:12:3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    path: PathBuf,
    line: usize,
    column: usize,
}

impl Place {
    /// The place of the byte at `offset` of `text`, the content of `path`.
    pub(crate) fn new(text: &str, path: &Path, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            path: path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path.display(), self.line, self.column)
    }
}

/// The text of a manifest, to turn byte spans into places.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub text: &'a str,
    pub path: &'a Path,
}

impl Source<'_> {
    /// The refusal of what stands at `span`.
    pub fn refuse(self, span: &Range<usize>, message: impl Into<String>) -> ManifestError {
        ManifestError::Invalid {
            place: Place::new(self.text, self.path, span.start),
            message: message.into(),
        }
    }
}
