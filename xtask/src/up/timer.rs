//! The timer of a local instance: in production it is another program's (docs/operations.md).

use std::convert::Infallible;
use std::time::Duration;

use anyhow::{Context, Result};
use reqwest::Client;
use tokio::time::{MissedTickBehavior, interval};

use crate::progress::print;
use crate::secrets::Secrets;

const INTERVAL: Duration = Duration::from_secs(5);

/// Longer than a tick takes: one that hung for ever would be the last.
const TIMEOUT: Duration = Duration::from_mins(10);

/// Has done what is due, every few seconds.
pub struct Timer {
    client: Client,
    url: String,
    token: String,
}

impl Timer {
    /// A timer for the application at `url`. As for the application, a token of the environment wins.
    pub fn new(url: &str, secrets: &Secrets) -> Result<Self> {
        let client = Client::builder().no_proxy().timeout(TIMEOUT).build().context("preparing requests")?;
        let token = std::env::var("SPIN_VARIABLE_TICK_TOKEN").unwrap_or_else(|_| secrets.tick_token.clone());
        Ok(Self { client, url: format!("{url}/api/service/v1/tick"), token })
    }

    /// Runs until it is dropped; says so once when it begins to fail.
    pub async fn run(&self) -> Infallible {
        let mut interval = interval(INTERVAL);
        interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut failing = false;
        loop {
            interval.tick().await;
            let failure = self.tick().await.err();
            if let Some(error) = failure.as_ref().filter(|_| !failing) {
                print(&format!("Not all that is due is done: {error:#}"));
            }
            failing = failure.is_some();
        }
    }

    async fn tick(&self) -> Result<()> {
        let response = self.client.post(&self.url).bearer_auth(&self.token).send().await?;
        response.error_for_status().context("the tick was refused")?;
        Ok(())
    }
}
