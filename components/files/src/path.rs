//! From a URL's path to a file's, without a way out of the folder.

use std::path::{Component, Path};

use percent_encoding::percent_decode_str;

/// Where a file is, relative to the folder that is served: `assets/app-1f2e.js`; empty for the folder
/// itself.
///
/// No segment is empty, `.` or `..`, begins with a dot, or has a separator or a control character in
/// it, encoded or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FilePath(String);

impl FilePath {
    /// Reads the path of a URL; `None` where no file can be there.
    pub(crate) fn parse(url_path: &str) -> Option<Self> {
        let decoded = percent_decode_str(url_path.strip_prefix('/')?).decode_utf8().ok()?;
        let relative = decoded.strip_suffix('/').unwrap_or(&decoded);
        // What was a slash before decoding separates; one that decoding brought up does not.
        let slashes = |text: &str| text.bytes().filter(|byte| *byte == b'/').count();
        let unchanged = slashes(&decoded) + 1 == slashes(url_path);
        let safe = decoded.is_empty() || relative.split('/').all(is_plain);
        // The standard library has the last word on what leads out of a folder.
        let inside = Path::new(relative).components().all(|part| matches!(part, Component::Normal(_)));
        (unchanged && safe && inside).then(|| Self(relative.to_owned()))
    }

    /// The file that stands for the whole application.
    pub(crate) fn index() -> Self {
        Self("index.html".to_owned())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder itself.
    pub(crate) fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is `folder` or in it.
    pub(crate) fn is_in(&self, folder: &str) -> bool {
        self.0.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// What stands after the last dot of the last segment.
    pub(crate) fn extension(&self) -> Option<&str> {
        Path::new(&self.0).extension()?.to_str()
    }

    /// The path without its extension.
    pub(crate) fn without_extension(&self) -> Option<Self> {
        let extension = self.extension()?;
        self.0.strip_suffix(extension)?.strip_suffix('.').map(|stem| Self(stem.to_owned()))
    }
}

fn is_plain(segment: &str) -> bool {
    !segment.is_empty()
        && !segment.starts_with('.')
        && !segment.contains(|c: char| c.is_control() || matches!(c, '\\' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_build_writes() {
        let read = |path| FilePath::parse(path).unwrap().0;
        assert_eq!(read("/"), "");
        assert_eq!(read("/index.html"), "index.html");
        assert_eq!(read("/assets/app-1f2e.js"), "assets/app-1f2e.js");
        assert_eq!(read("/users/"), "users");
        assert_eq!(read("/caf%C3%A9%20au%20lait"), "café au lait");
        assert_eq!(read("/a..b/c..."), "a..b/c...");
    }

    #[test]
    fn nothing_leads_out() {
        for path in [
            "",
            "index.html",
            "//",
            "//etc/passwd",
            "/assets//app.js",
            "/.",
            "/..",
            "/../",
            "/../etc/passwd",
            "/assets/../../etc/passwd",
            "/assets/..",
            "/./index.html",
            "/%2e%2e/etc/passwd",
            "/%2E%2E%2Fetc%2Fpasswd",
            "/..%2fetc%2fpasswd",
            "/assets%2f..%2f..%2fetc/passwd",
            "/assets%2Fapp.js",
            "/%2fetc/passwd",
            "/index.html%2f",
            "/..\\etc\\passwd",
            "/..%5c..%5cetc%5cpasswd",
            "/C:/Windows/win.ini",
            "/C%3A/Windows/win.ini",
            "/index.html%00.js",
            "/\0",
            "/a%0d%0aSet-Cookie:x",
            "/a%7f",
            "/%ff%fe",
            "/%c0%ae%c0%ae/etc/passwd",
            "/.env",
            "/.git/config",
            "/assets/.htaccess",
            "/%2egit/config",
        ] {
            assert_eq!(FilePath::parse(path), None, "{path}");
        }
    }

    #[test]
    fn is_decoded_once() {
        assert_eq!(FilePath::parse("/%252e%252e/x").unwrap().0, "%2e%2e/x");
    }

    #[test]
    fn a_folder_is_not_its_namesake() {
        let is_in = |path| FilePath::parse(path).unwrap().is_in("assets");
        assert!(is_in("/assets/app.js") && is_in("/assets") && is_in("/assets/"));
        assert!(!is_in("/assets.html") && !is_in("/assetsx/app.js") && !is_in("/x/assets/app.js"));
    }

    #[test]
    fn an_extension_is_of_the_last_segment() {
        let split = |path| {
            let path = FilePath::parse(path).unwrap();
            (path.extension().map(str::to_owned), path.without_extension().map(|stem| stem.0))
        };
        assert_eq!(split("/a/app.js.br"), (Some("br".into()), Some("a/app.js".into())));
        assert_eq!(split("/v1.2/users"), (None, None));
        assert_eq!(split("/"), (None, None));
    }
}
