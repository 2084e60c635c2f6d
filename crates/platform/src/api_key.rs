//! API keys where there is no database: `login` is asked whose they are (docs/adr/0009).

use std::{
    num::NonZeroUsize,
    sync::{LazyLock, Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use contract::{ApiKeyId, Permission, Problem, ProblemCode, UserId};
use credentials::OpaqueToken;
use http::{HeaderValue, Request, StatusCode, header};
use lru::LruCache;
use serde::{Deserialize, Serialize};
use spin_sdk::http::{FullBody, body::IncomingBodyExt};

use crate::{Error, Result, client::Client, clock, request_id};

/// Where `login` answers. No public route leads there: it is reached by service chaining alone.
pub const PATH: &str = "/internal/api-keys/holder";

const LOGIN: &str = "http://login.spin.internal";

/// How long an answer is believed: a deleted key, or one of a locked account, may be used that long.
const BELIEVED: TimeDelta = TimeDelta::seconds(5);

/// How many answers an instance remembers.
const REMEMBERED: NonZeroUsize = NonZeroUsize::MIN.saturating_add(255);

/// What is asked.
#[derive(Serialize, Deserialize)]
pub struct Question {
    /// The key itself.
    pub api_key: String,
    /// The address that it is used from.
    pub address: String,
}

/// Who an API key speaks for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeyHolder {
    /// The key.
    pub api_key_id: ApiKeyId,
    /// Its owner.
    pub user_id: UserId,
    /// Its scopes that the owner holds, sorted.
    pub scopes: Vec<Permission>,
    /// When it expires.
    pub expires_at: DateTime<Utc>,
}

/// By the key's hash: the answer, and until when it is believed.
type Answers = LruCache<[u8; 32], (KeyHolder, DateTime<Utc>)>;

static ANSWERS: LazyLock<Mutex<Answers>> = LazyLock::new(|| Mutex::new(LruCache::new(REMEMBERED)));

/// Whose key it is; refused as `login` refuses it.
pub(crate) async fn holder(
    key: &OpaqueToken,
    client: &Client,
    id: Option<&HeaderValue>,
) -> Result<KeyHolder> {
    let (hash, now) = (*key.hash().as_bytes(), clock::now());
    if let Some((holder, until)) = answers(|answers| answers.get(&hash).cloned())
        && now < until
    {
        return Ok(holder);
    }
    let holder = ask(key, client, id).await?;
    let until = holder.expires_at.min(now + BELIEVED);
    answers(|answers| answers.put(hash, (holder.clone(), until)));
    Ok(holder)
}

fn answers<T>(look: impl FnOnce(&mut Answers) -> T) -> T {
    look(&mut ANSWERS.lock().unwrap_or_else(PoisonError::into_inner))
}

async fn ask(key: &OpaqueToken, client: &Client, id: Option<&HeaderValue>) -> Result<KeyHolder> {
    let question = Question { api_key: key.expose().to_owned(), address: client.address_text() };
    let question = serde_json::to_vec(&question).map_err(anyhow::Error::from)?;
    let mut request = Request::post(format!("{LOGIN}{PATH}"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(FullBody::new(bytes::Bytes::from(question)))
        .map_err(anyhow::Error::from)?;
    if let Some(id) = id {
        request.headers_mut().insert(request_id::HEADER, id.clone());
    }
    let response = spin_sdk::http::send(request).await.map_err(|error| unavailable(&error))?;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.into_body().bytes().await.map_err(|error| unavailable(&error))?;
    if status == StatusCode::OK {
        return serde_json::from_slice(&body).map_err(|error| unavailable(&error));
    }
    let refusal: Problem = serde_json::from_slice(&body).map_err(|error| unavailable(&error))?;
    let wait = headers.get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    Err(match (refusal.code, wait) {
        (ProblemCode::RateLimited, Some(retry_after)) => Error::RateLimited { retry_after },
        (ProblemCode::ApiKeyInvalid, _) => ProblemCode::ApiKeyInvalid.into(),
        (other, _) => unavailable(&other.as_str()),
    })
}

fn unavailable(why: &impl ToString) -> Error {
    tracing::warn!(error = why.to_string(), "login does not say whose API key it is");
    ProblemCode::Unavailable.into()
}
