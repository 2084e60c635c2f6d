//! The ways out.

use chrono::TimeDelta;
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

/// That a mail did not leave.
#[derive(Debug)]
pub struct Failure {
    /// For which mails, and for how long.
    pub extent: Extent,
    /// Why.
    pub reason: Reason,
    /// How long the other side asks to be left alone.
    pub wait: Option<TimeDelta>,
}

/// For which mails the other side fails, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// This one, for good.
    Permanent,
    /// This one, for now.
    Temporary,
    /// Every one, for now: nobody is there, or wants anything of us.
    Unreachable,
}

/// Why a mail did not leave.
#[derive(Debug)]
pub struct Reason {
    /// As the back office shows it.
    pub shown: String,
    /// As the operator's log has it, which is not to name the reader.
    pub logged: String,
}

impl Failure {
    pub fn new(extent: Extent, reason: Reason) -> Self {
        Self { extent, reason, wait: None }
    }
}

impl Reason {
    /// What went wrong on the way.
    pub fn new(error: &impl ToString) -> Self {
        Self::said(error, error)
    }

    /// What the other side said, which commonly repeats the reader's address, and the code that it said it with.
    pub fn said(answer: &impl ToString, code: &impl ToString) -> Self {
        Self { shown: line(answer), logged: line(code) }
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
fn line(error: &impl ToString) -> String {
    let text = error.to_string();
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(REASON_LENGTH).collect()
}
