//! Sends the mails that are due.

use chrono::{DateTime, TimeDelta, Utc};
use contract::SentMails;
use platform::{Result, clock, config::MailTransport, db::Db};
use store::mail_queue::{self, ClaimedMail, Outcome};

use crate::{
    backoff::{self, MOST_ATTEMPTS},
    transport::{Extent, Failure, Transport},
};

/// How many mails a tick sends at most.
const MOST_MAILS: usize = 20;

/// How long after its beginning a tick begins another mail: it ends before its caller gives up, who waits for ten
/// minutes (docs/operations.md).
const LATEST_START: TimeDelta = TimeDelta::minutes(1);

/// Longer than an attempt can take, the relay's scan of the message included, so that nobody sends what is being sent.
const LEASE: TimeDelta = TimeDelta::minutes(15);

/// Sends what is due, one by one, until nothing is, or the other side can't be reached or wants nothing of us. A mail is
/// claimed when its turn comes: a worker that dies holds up no other.
pub async fn send_due(db: &Db) -> Result<SentMails> {
    let mut counts = SentMails::default();
    let Some(transport) = Transport::new(MailTransport::get().await?).await? else { return Ok(counts) };
    let began = clock::now();
    for mail in mail_queue::fail_overdue(db, began, MOST_ATTEMPTS).await? {
        tracing::error!(%mail, error = "not sent in time", "mail failed");
        counts.failed += 1;
    }
    for _ in 0..MOST_MAILS {
        let now = clock::now();
        if now > began + LATEST_START {
            break;
        }
        let Some(mail) = mail_queue::claim(db, now, now + LEASE, MOST_ATTEMPTS).await? else { break };
        let failure = transport.send(&mail).await.err();
        let reachable = failure.as_ref().is_none_or(|failure| failure.extent != Extent::Unreachable);
        let now = clock::now();
        let outcome = outcome(failure, &mail, now);
        let count = match &outcome {
            Outcome::Sent => &mut counts.sent,
            Outcome::Deferred(..) => &mut counts.deferred,
            Outcome::Failed(_) => &mut counts.failed,
        };
        *count += 1;
        mail_queue::finish(db, &mail, outcome, now).await?;
        if !reachable {
            break;
        }
    }
    Ok(counts)
}

/// What becomes of the mail. The operator's log names it, not its reader.
fn outcome(failure: Option<Failure>, mail: &ClaimedMail, now: DateTime<Utc>) -> Outcome {
    let Some(Failure { extent, reason, wait }) = failure else { return Outcome::Sent };
    let delay = backoff::delay(mail.attempt, wait).filter(|_| extent != Extent::Permanent);
    let error = reason.logged;
    if let Some(delay) = delay {
        tracing::warn!(mail = %mail.id, error, "mail deferred");
        Outcome::Deferred(reason.shown, now + delay)
    } else {
        tracing::error!(mail = %mail.id, error, "mail failed");
        Outcome::Failed(reason.shown)
    }
}
