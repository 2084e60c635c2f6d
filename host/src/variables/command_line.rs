//! `--variable` on the command line, as Spin reads it: `name=value`, `name=@file`, `@file.json`,
//! `@file.toml`.

use std::{collections::HashMap, path::Path};

use anyhow::{Context as _, bail};

use super::Provider;

/// The provider for the given `--variable` arguments; a later one wins over an earlier one.
pub fn command_line(arguments: &[String]) -> anyhow::Result<Provider> {
    let mut values = HashMap::new();
    for argument in arguments {
        values.extend(read(argument)?);
    }
    Ok(Provider::Static(values))
}

fn read(argument: &str) -> anyhow::Result<HashMap<String, String>> {
    if let Some(path) = argument.strip_prefix('@') {
        return read_map(Path::new(path));
    }
    let Some((name, value)) = argument.split_once('=') else {
        bail!("--variable {argument}: write name=value, name=@file, @file.json or @file.toml");
    };
    let value = match value.strip_prefix('@') {
        Some(path) => {
            std::fs::read_to_string(path).with_context(|| format!("--variable {name}: cannot read {path}"))?
        }
        None => value.to_owned(),
    };
    Ok(HashMap::from([(name.to_owned(), value)]))
}

/// A file that maps names to string values.
fn read_map(path: &Path) -> anyhow::Result<HashMap<String, String>> {
    let text = || {
        std::fs::read_to_string(path).with_context(|| format!("--variable: cannot read {}", path.display()))
    };
    let invalid = || format!("--variable: {} is not a map of names to strings", path.display());
    match path.extension().and_then(std::ffi::OsStr::to_str) {
        Some("json") => serde_json::from_str(&text()?).with_context(invalid),
        Some("toml") => toml::from_str(&text()?).with_context(invalid),
        _ => bail!("--variable @{}: the file's name must end in .json or .toml", path.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::command_line;

    #[test]
    fn every_form_is_read() {
        let directory = tempfile::tempdir().unwrap();
        let file = |name: &str, content: &str| {
            let path = directory.path().join(name);
            std::fs::write(&path, content).unwrap();
            path.display().to_string()
        };
        let arguments = [
            "plain=a=b".to_owned(),
            "plain2=first".to_owned(),
            "plain2=second".to_owned(),
            format!("content=@{}", file("value.txt", "from a file")),
            format!("@{}", file("vars.json", r#"{"json": "1"}"#)),
            format!("@{}", file("vars.toml", "toml = \"2\"")),
        ];
        let provider = command_line(&arguments).unwrap();
        for (name, value) in
            [("plain", "a=b"), ("plain2", "second"), ("content", "from a file"), ("json", "1"), ("toml", "2")]
        {
            assert_eq!(provider.get(name), Ok(Some(value.to_owned())), "{name}");
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for argument in ["nope", "@what", "@wrong.kind", "name=@no-such-file"] {
            assert!(command_line(&[argument.to_owned()]).is_err(), "{argument}");
        }
    }
}
