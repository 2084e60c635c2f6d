//! The ways out.

use platform::{
    Result,
    config::{MailApi, MailTransport, Sender},
};
use store::mail_queue::ClaimedMail;

use crate::{mail_api, smtp::SmtpClient};

/// The longest reason that is kept.
const REASON_LENGTH: usize = 200;

/// How mail leaves.
pub enum Transport {
    Smtp(SmtpClient),
    Http(&'static Sender, &'static MailApi),
}

/// Why a mail did not leave.
#[derive(Debug)]
pub enum Failure {
    /// The other side refuses it, and always will.
    Permanent(String),
    /// The other side does not take it now.
    Temporary(String),
    /// Nobody could be asked.
    Unreachable(String),
}

impl Failure {
    pub fn into_reason(self) -> String {
        let (Self::Permanent(reason) | Self::Temporary(reason) | Self::Unreachable(reason)) = self;
        reason
    }
}

impl Transport {
    /// The transport that is configured; `None` where nothing leaves.
    pub async fn new(configured: &'static MailTransport) -> Result<Option<Self>> {
        Ok(match configured {
            MailTransport::Outbox => None,
            MailTransport::Smtp(sender, relay) => Some(Self::Smtp(SmtpClient::new(sender, relay).await?)),
            MailTransport::Http(sender, api) => Some(Self::Http(sender, api)),
        })
    }

    /// Tries to send a mail, once.
    pub async fn send(&self, mail: &ClaimedMail) -> Result<(), Failure> {
        match self {
            Self::Smtp(client) => client.send(mail),
            Self::Http(sender, api) => mail_api::send(sender, api, mail).await,
        }
    }
}

/// An error in a line, as short as the back office shows it.
pub fn reason(error: &impl ToString) -> String {
    let text = error.to_string();
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(REASON_LENGTH).collect()
}
