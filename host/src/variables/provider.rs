//! Where the values of application variables come from.

use std::{
    collections::HashMap,
    fmt, io,
    path::{Path, PathBuf},
};

/// The prefix of environment variables where none is configured.
const DEFAULT_PREFIX: &str = "SPIN_VARIABLE";

/// One place to look a variable up in.
pub enum Provider {
    /// Values given as such: `--variable`, or `type = "static"` of the runtime configuration.
    Static(HashMap<String, String>),
    /// The environment, then a dotenv file.
    Environment(Environment),
}

/// Environment variables named `<PREFIX>_<NAME>`, and the dotenv file that stands in for unset ones.
pub struct Environment {
    prefix: String,
    file: HashMap<String, String>,
}

/// A dotenv file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the dotenv file {}: {source}", path.display())]
pub struct DotenvError {
    path: PathBuf,
    source: dotenvy::Error,
}

impl Environment {
    /// `SPIN_VARIABLE_<NAME>` and, where there is one, the `.env` of the working directory: what Spin always
    /// looks at.
    pub fn standard() -> Result<Self, DotenvError> {
        match read_dotenv(Path::new(".env")) {
            Err(DotenvError { source: dotenvy::Error::Io(error), .. })
                if error.kind() == io::ErrorKind::NotFound =>
            {
                Ok(Self { prefix: DEFAULT_PREFIX.to_owned(), file: HashMap::new() })
            }
            file => Ok(Self { prefix: DEFAULT_PREFIX.to_owned(), file: file? }),
        }
    }

    /// `<prefix>_<NAME>` (`SPIN_VARIABLE_<NAME>` where `prefix` is `None`) and the dotenv file at
    /// `dotenv_path`, which must exist.
    pub fn new(prefix: Option<String>, dotenv_path: Option<&Path>) -> Result<Self, DotenvError> {
        Ok(Self {
            prefix: prefix.unwrap_or_else(|| DEFAULT_PREFIX.to_owned()),
            file: dotenv_path.map(read_dotenv).transpose()?.unwrap_or_default(),
        })
    }
}

fn read_dotenv(path: &Path) -> Result<HashMap<String, String>, DotenvError> {
    dotenvy::from_path_iter(path)
        .and_then(Iterator::collect)
        .map_err(|source| DotenvError { path: path.to_owned(), source })
}

impl Provider {
    /// The value of `variable`, where this provider has one. The error says why a value that is there cannot
    /// be had.
    pub(super) fn get(&self, variable: &str) -> Result<Option<String>, String> {
        match self {
            Self::Static(values) => Ok(values.get(variable).cloned()),
            Self::Environment(Environment { prefix, file }) => {
                let name = format!("{prefix}_{}", variable.to_ascii_uppercase());
                match std::env::var(&name) {
                    Ok(value) => Ok(Some(value)),
                    Err(std::env::VarError::NotPresent) => Ok(file.get(&name).cloned()),
                    Err(std::env::VarError::NotUnicode(_)) => Err(format!("{name} is not UTF-8")),
                }
            }
        }
    }

    /// How a user would give `variable` to this provider.
    pub(super) fn hint(&self, variable: &str) -> String {
        match self {
            Self::Static(_) => format!("--variable {variable}=..."),
            Self::Environment(environment) => {
                format!("the environment variable {}_{}", environment.prefix, variable.to_ascii_uppercase())
            }
        }
    }
}

/// Never prints a value: any of them may be secret.
impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Static(values) => f.debug_tuple("Static").field(&values.keys()).finish(),
            Self::Environment(environment) => {
                f.debug_tuple("Environment").field(&environment.prefix).finish()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Environment, Provider};

    #[test]
    fn a_dotenv_file_stands_in_for_the_environment() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("vars.env");
        std::fs::write(&path, "MYAPP_DB_URL='postgres://x'\n# note\nOTHER=1\n").unwrap();
        let provider =
            Provider::Environment(Environment::new(Some("MYAPP".to_owned()), Some(&path)).unwrap());
        assert_eq!(provider.get("db_url"), Ok(Some("postgres://x".to_owned())));
        assert_eq!(provider.get("other"), Ok(None));
        assert!(!format!("{provider:?}").contains("postgres://x"));
    }

    #[test]
    fn a_dotenv_file_that_is_named_must_exist() {
        let missing = std::path::Path::new("no-such-file.env");
        let error = Environment::new(None, Some(missing)).err().map(|error| error.to_string());
        assert!(
            error.is_some_and(|message| message.starts_with("cannot read the dotenv file no-such-file.env"))
        );
    }
}
