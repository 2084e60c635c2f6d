//! The first administrator: by a link for a person, or at once for a container or a test.

use std::time::SystemTime;

use anyhow::{Context, Result};
use contract::{SetupRequest, Transport};
use credentials::{OpaqueToken, TokenKind, os_rng};
use tokio_postgres::Client;

use super::api::{Api, accepted};
use super::demo;
use crate::secrets::random_password;

/// Who administers, as far as this program knows.
struct Administrator {
    email: String,
    password: String,
}

impl Administrator {
    /// `MATRICE_ADMIN_EMAIL` and `MATRICE_ADMIN_PASSWORD`, where both are set.
    fn from_environment() -> Option<Self> {
        let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        Some(Self { email: set("MATRICE_ADMIN_EMAIL")?, password: set("MATRICE_ADMIN_PASSWORD")? })
    }

    fn made_up() -> Result<Self> {
        Ok(Self { email: "admin@example.org".to_owned(), password: random_password()? })
    }

    async fn create(&self, url: &str, token: &str) -> Result<()> {
        let request = SetupRequest {
            token: token.to_owned(),
            email: self.email.clone(),
            display_name: "Administrator".to_owned(),
            password: self.password.clone(),
            transport: Transport::Bearer,
        };
        let response = Api::new(url)?.post("auth/setup", &request).await?;
        accepted(response).await.context("creating the first administrator")?;
        Ok(())
    }
}

/// Sees to it that somebody can sign in, and adds the sample accounts where wanted. Returns what the
/// reader of the terminal has to know.
pub async fn prepare(client: &Client, url: &str, demo: bool) -> Result<Vec<String>> {
    let mut administrator = Administrator::from_environment();
    let mut notes = Vec::new();
    if let Some(token) = issue_setup_token(client).await? {
        if administrator.is_none() && demo {
            let made_up = Administrator::made_up()?;
            notes.push(format!("Sign in as {} with the password {}", made_up.email, made_up.password));
            administrator = Some(made_up);
        }
        match &administrator {
            Some(administrator) => administrator.create(url, token.expose()).await?,
            None => notes.push(format!(
                "Create the first administrator within 30 minutes: {}",
                setup_link(url, &token)
            )),
        }
    }
    if demo {
        notes.push(match administrator {
            Some(Administrator { email, password }) => demo::fill(url, &email, &password).await?,
            None => "No sample accounts: there is an administrator already, and adding them takes \
                     MATRICE_ADMIN_EMAIL and MATRICE_ADMIN_PASSWORD"
                .to_owned(),
        });
    }
    Ok(notes)
}

/// The link that makes the first administrator; none once there are accounts.
pub async fn issue_setup_link(client: &Client, url: &str) -> Result<Option<String>> {
    Ok(issue_setup_token(client).await?.map(|token| setup_link(url, &token)))
}

/// The token is behind `#`: browsers send that part to nobody.
fn setup_link(url: &str, token: &OpaqueToken) -> String {
    format!("{url}/setup#token={}", token.expose())
}

async fn issue_setup_token(client: &Client) -> Result<Option<OpaqueToken>> {
    let token = OpaqueToken::generate(TokenKind::Setup, &mut os_rng());
    let hash = token.hash();
    let issued: Option<bool> = client
        .query_one("SELECT issue_setup_token($1, $2)", &[&hash.as_bytes().as_slice(), &SystemTime::now()])
        .await
        .context("issuing a set-up link")?
        .try_get(0)?;
    Ok(issued.map(|_| token))
}
