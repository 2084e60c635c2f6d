//! Sends the mails that are due.

use chrono::{DateTime, TimeDelta, Utc};
use contract::SentMails;
use platform::{Result, clock, config::MailTransport, db::Db};
use store::mail_queue::{self, ClaimedMail, Outcome};

use crate::transport::{Failure, Transport};

/// A mail that was not taken in as many attempts, some eight hours, has failed.
const MOST_ATTEMPTS: i32 = 10;

/// The delay behind the first attempt; each one later is twice as long.
const FIRST_DELAY: TimeDelta = TimeDelta::minutes(1);

/// How many mails are claimed at once.
const BATCH: i32 = 5;

/// How many batches a tick sends at most.
const BATCHES: usize = 4;

/// Longer than a batch can take, so that nobody sends what is being sent.
const LEASE: TimeDelta = TimeDelta::minutes(5);

/// Sends what is due, in small batches, until nothing is or the other side can't be reached.
pub async fn send_due(db: &Db) -> Result<SentMails> {
    let mut counts = SentMails::default();
    let Some(transport) = Transport::new(MailTransport::get().await?).await? else { return Ok(counts) };
    for _ in 0..BATCHES {
        let now = clock::now();
        let mails = mail_queue::claim(db, now, now + LEASE, MOST_ATTEMPTS, BATCH).await?;
        let mut reachable = true;
        for mail in &mails {
            let result = transport.send(mail).await;
            reachable &= !matches!(result, Err(Failure::Unreachable(_)));
            let now = clock::now();
            let outcome = outcome(result, mail, now);
            let count = match &outcome {
                Outcome::Sent => &mut counts.sent,
                Outcome::Deferred(..) => &mut counts.deferred,
                Outcome::Failed(_) => &mut counts.failed,
            };
            *count += 1;
            report(mail, &outcome);
            mail_queue::finish(db, mail, outcome, now).await?;
        }
        if !reachable || mails.is_empty() {
            break;
        }
    }
    Ok(counts)
}

fn outcome(result: Result<(), Failure>, mail: &ClaimedMail, now: DateTime<Utc>) -> Outcome {
    match result {
        Ok(()) => Outcome::Sent,
        Err(Failure::Temporary(reason) | Failure::Unreachable(reason)) if mail.attempt < MOST_ATTEMPTS => {
            Outcome::Deferred(reason, now + FIRST_DELAY * (1 << (mail.attempt - 1)))
        }
        Err(failure) => Outcome::Failed(failure.into_reason()),
    }
}

/// The operator's log names the mail, not its reader.
fn report(mail: &ClaimedMail, outcome: &Outcome) {
    match outcome {
        Outcome::Sent => {}
        Outcome::Deferred(error, _) => tracing::warn!(mail = %mail.id, error, "mail deferred"),
        Outcome::Failed(error) => tracing::error!(mail = %mail.id, error, "mail failed"),
    }
}
