//! Step 6: the page that everything starts from, and the files that keep their names.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::Options;
use super::assets::Look;
use super::bundle::App;

/// What the page refers to.
pub struct Parts<'a> {
    /// The application.
    pub app: &'a App,
    /// Styles and theme.
    pub look: &'a Look,
    /// Of what it was made from.
    pub fingerprint: &'a str,
}

const FINGERPRINT: &str = r#"<meta name="build" content=""#;

/// Copies `ui/static/` to `staging`, with the names of the assets put into `index.html`.
pub fn write(options: &Options, staging: &Path, parts: &Parts) -> Result<()> {
    let folder = options.ui().join("static");
    for entry in fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
        let source = entry?.path();
        let name = source.file_name().unwrap_or_default();
        if name == "index.html" {
            let template = fs::read_to_string(&source).context("reading ui/static/index.html")?;
            fs::write(staging.join(name), fill(&template, parts)?)?;
        } else {
            fs::copy(&source, staging.join(name)).with_context(|| format!("copying {}", source.display()))?;
        }
    }
    Ok(())
}

fn fill(template: &str, parts: &Parts) -> Result<String> {
    let values = [
        ("{{fingerprint}}", parts.fingerprint),
        ("{{styles}}", &parts.look.styles),
        ("{{theme}}", &parts.look.theme),
        ("{{script}}", &parts.app.script),
        ("{{wasm}}", &parts.app.wasm),
    ];
    let mut page = template.to_owned();
    for (placeholder, value) in values {
        if !page.contains(placeholder) {
            bail!("ui/static/index.html has no {placeholder}");
        }
        page = page.replace(placeholder, value);
    }
    Ok(page)
}

/// What the page in `dist` was made from, if there is one.
pub fn fingerprint(dist: &Path) -> Option<String> {
    let page = fs::read_to_string(dist.join("index.html")).ok()?;
    let (_, rest) = page.split_once(FINGERPRINT)?;
    rest.split_once('"').map(|(fingerprint, _)| fingerprint.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_tells_its_fingerprint() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(fingerprint(folder.path()), None);
        fs::write(folder.path().join("index.html"), format!("<head>{FINGERPRINT}abc\"></head>")).unwrap();
        assert_eq!(fingerprint(folder.path()).as_deref(), Some("abc"));
    }
}
