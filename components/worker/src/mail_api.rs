//! A mail API, by HTTP.

use std::{pin::pin, time::Duration};

use axum::http::{Request, StatusCode, header};
use bytes::Bytes;
use contract::Email;
use futures_util::future::{Either, select};
use platform::config::{MailApi, Sender};
use serde::Serialize;
use spin_sdk::{http::FullBody, time::sleep};
use store::mail_queue::ClaimedMail;

use crate::transport::{Failure, reason};

/// How long to wait for an answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// What is posted (docs/operations.md).
#[derive(Serialize)]
struct Letter<'a> {
    from: Correspondent<'a>,
    to: Correspondent<'a>,
    subject: &'a str,
    text: &'a str,
    html: &'a str,
}

#[derive(Serialize)]
struct Correspondent<'a> {
    email: &'a Email,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

/// Sends a mail. What the other side answers is not kept: it may say more than an error should.
pub async fn send(sender: &Sender, api: &MailApi, mail: &ClaimedMail) -> Result<(), Failure> {
    let letter = Letter {
        from: Correspondent { email: &sender.email, name: sender.name.as_deref() },
        to: Correspondent { email: &mail.recipient, name: None },
        subject: &mail.subject,
        text: &mail.text,
        html: &mail.html,
    };
    let body = serde_json::to_vec(&letter).map_err(|error| Failure::Permanent(reason(&error)))?;
    let request = Request::post(&api.url)
        .header(header::AUTHORIZATION, &api.authorization)
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", mail.id.to_string())
        .body(FullBody::new(Bytes::from(body)))
        .map_err(|error| Failure::Permanent(reason(&error)))?;
    let response = match select(pin!(spin_sdk::http::send(request)), pin!(sleep(TIMEOUT))).await {
        Either::Left((response, _)) => response.map_err(|error| Failure::Unreachable(reason(&error)))?,
        Either::Right(((), _)) => return Err(Failure::Unreachable("no answer in time".to_owned())),
    };
    judge(response.status())
}

fn judge(status: StatusCode) -> Result<(), Failure> {
    let reason = format!("the mail API answered {}", status.as_u16());
    match status {
        status if status.is_success() => Ok(()),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
            Err(Failure::Temporary(reason))
        }
        status if status.is_server_error() => Err(Failure::Temporary(reason)),
        _ => Err(Failure::Permanent(reason)),
    }
}
