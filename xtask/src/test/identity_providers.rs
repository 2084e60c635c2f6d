//! The identity providers that the people of the browser tests sign in with: scripts of `tests/peers`.

use std::fs::File;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::peers;
use crate::workspace::Workspace;

const CLIENT_ID: &str = "matrice";
const CLIENT_SECRET: &str = "the secret of the installation";

/// Those that serve; they end with the value.
pub struct IdentityProviders {
    openid: Provider,
    github: Provider,
}

struct Provider {
    url: String,
    _process: Child,
}

impl IdentityProviders {
    /// Starts them, for an application at `url`; what they print is kept in `place`.
    pub async fn start(workspace: &Workspace, place: &Path, url: &str) -> Result<Self> {
        let settings = |id: &str, more: Value| {
            json!({
                "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET,
                "redirect_uri": format!("{url}/sign-in/{id}"), "person": more, "user": {}, "emails": [],
            })
        };
        let nobody = json!({ "sub": "nobody" });
        let peers = peers::folder(workspace);
        Ok(Self {
            openid: Provider::start(&peers.join("openid-provider.mjs"), &settings("openid", nobody), place)
                .await?,
            github: Provider::start(&peers.join("github.mjs"), &settings("github", Value::Null), place)
                .await?,
        })
    }

    /// What the application is told of them.
    pub fn variables(&self) -> Vec<(String, String)> {
        let (openid, github) = (&self.openid.url, &self.github.url);
        let variables = [
            ("openid_client_id", CLIENT_ID.to_owned()),
            ("openid_client_secret", CLIENT_SECRET.to_owned()),
            ("openid_issuer", openid.clone()),
            ("openid_host", openid.clone()),
            ("openid_name", "Example ID".to_owned()),
            ("github_client_id", CLIENT_ID.to_owned()),
            ("github_client_secret", CLIENT_SECRET.to_owned()),
            ("github_url", github.clone()),
            ("github_api_url", format!("{github}/api/v3")),
        ];
        variables.map(|(name, value)| (name.to_owned(), value)).to_vec()
    }

    /// What the tests are told of them.
    pub fn environment(&self) -> [(&'static str, &str); 2] {
        [("MATRICE_OPENID_URL", &self.openid.url), ("MATRICE_GITHUB_URL", &self.github.url)]
    }
}

impl Provider {
    /// Waits for the line of JSON that the script prints when it serves.
    async fn start(script: &Path, settings: &Value, place: &Path) -> Result<Self> {
        let name = script.display().to_string();
        let log = place.join(script.file_name().unwrap_or_default()).with_extension("log");
        let mut process = Command::new(which::which("node")?)
            .arg(script)
            .arg(settings.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).with_context(|| format!("creating {}", log.display()))?)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("starting {name}"))?;
        let output = process.stdout.take().with_context(|| format!("{name} prints nothing"))?;
        let line = BufReader::new(output).lines().next_line().await?;
        let line = line.with_context(|| format!("{name} has ended; see {}", log.display()))?;
        let ready: Value = serde_json::from_str(&line).with_context(|| format!("what {name} printed"))?;
        let url = ready["url"].as_str().with_context(|| format!("{name} doesn't say where it serves"))?;
        Ok(Self { url: url.to_owned(), _process: process })
    }
}
