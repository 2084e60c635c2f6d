//! A mail API, by HTTP.

use std::{pin::pin, time::Duration};

use axum::http::{Request, StatusCode, header};
use bytes::Bytes;
use contract::Email;
use futures_util::future::{Either, select};
use platform::{
    clock,
    config::{MailApi, Sender},
};
use serde::Serialize;
use spin_sdk::{http::FullBody, time::sleep};
use store::mail_queue::ClaimedMail;

use crate::{
    backoff,
    transport::{Extent, Failure, Reason},
};

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
    let unusable = |error: &dyn std::error::Error| Failure::new(Extent::Permanent, Reason::new(&error));
    let body = serde_json::to_vec(&letter).map_err(|error| unusable(&error))?;
    let request = Request::post(&api.url)
        .header(header::AUTHORIZATION, &api.authorization)
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", mail.id.to_string())
        .body(FullBody::new(Bytes::from(body)))
        .map_err(|error| unusable(&error))?;
    let unreachable = |reason| Failure::new(Extent::Unreachable, reason);
    let response = match select(pin!(spin_sdk::http::send(request)), pin!(sleep(TIMEOUT))).await {
        Either::Left((response, _)) => response.map_err(|error| unreachable(Reason::new(&error)))?,
        Either::Right(((), _)) => return Err(unreachable(Reason::new(&"no answer in time"))),
    };
    let retry_after = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
    judge(response.status(), retry_after)
}

fn judge(status: StatusCode, retry_after: Option<&str>) -> Result<(), Failure> {
    let extent = match status {
        status if status.is_success() => return Ok(()),
        // It is about us: our credentials, its address, how much we send.
        StatusCode::UNAUTHORIZED
        | StatusCode::FORBIDDEN
        | StatusCode::NOT_FOUND
        | StatusCode::TOO_MANY_REQUESTS => Extent::Unreachable,
        // A conflict is another request with the same key, under way.
        StatusCode::REQUEST_TIMEOUT | StatusCode::CONFLICT | StatusCode::TOO_EARLY => Extent::Temporary,
        status if status.is_server_error() => Extent::Temporary,
        _ => Extent::Permanent,
    };
    let wait = retry_after.and_then(|text| backoff::asked(text, clock::now()));
    let reason = Reason::new(&format!("the mail API answered {}", status.as_u16()));
    Err(Failure { wait, ..Failure::new(extent, reason) })
}
