//! Which application calls, and whether it is that one (RFC 6749 §2.3).

use base64::{Engine, prelude::BASE64_STANDARD};
use contract::{ClientId, OAuthErrorCode, ProblemCode, SecurityEventKind};
use credentials::{OpaqueToken, TokenKind};
use http::{HeaderMap, header};
use platform::{Result, client::Client, db::Db};
use store::{
    oauth_client::{self, AuthenticatedClient},
    security_log::{self, Event},
};

use super::{
    form::Form,
    refusal::{Refusal, invalid_request},
};
use crate::attempts;

/// The application that a request names, with the right secret or, where it has none, without one. A wrong secret is
/// written down.
pub async fn authenticate(
    db: &Db,
    client: &Client,
    headers: &HeaderMap,
    form: &Form,
) -> Result<AuthenticatedClient, Refusal> {
    let (id, secret) = presented(headers, form)?;
    let Ok(id) = id.parse::<ClientId>() else {
        attempts::count_anonymous(db, client).await?;
        return Err(refused());
    };
    attempts::count_client(db, client, id).await?;
    let secret = secret.map(|secret| OpaqueToken::parse(TokenKind::ClientSecret, &secret)).transpose();
    let found = match secret {
        Ok(secret) => oauth_client::authenticate(db, id, secret.map(|secret| secret.hash())).await?,
        Err(_) => None,
    };
    if let Some(found) = found {
        return Ok(found);
    }
    attempts::count_anonymous(db, client).await?;
    let event = Event::refused(SecurityEventKind::ClientRefused, ProblemCode::ClientInvalid);
    security_log::record(db, client, event.client(id, None)).await?;
    Err(refused())
}

/// Refuses whoever is not the application that it says.
pub fn refused() -> Refusal {
    Refusal::Known(OAuthErrorCode::InvalidClient, "the client is unknown, disabled, or its secret is wrong")
}

/// The id and the secret, by the header or in the body, and not by both.
fn presented(headers: &HeaderMap, form: &Form) -> Result<(String, Option<String>), Refusal> {
    let (id, secret) = (form.get("client_id"), form.get("client_secret"));
    let Some(header) = headers.get(header::AUTHORIZATION) else {
        let id = id.ok_or(Refusal::Known(OAuthErrorCode::InvalidClient, "client_id is missing"))?;
        return Ok((id.to_owned(), secret.map(str::to_owned)));
    };
    let (own, password) = header.to_str().ok().and_then(basic).ok_or_else(refused)?;
    if secret.is_some() || id.is_some_and(|id| id != own) {
        return Err(invalid_request("the client is named in two ways"));
    }
    Ok((own, Some(password)))
}

/// Both halves are form-encoded before they are joined (RFC 6749 §2.3.1).
fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    let decoded =
        BASE64_STANDARD.decode(encoded.trim()).ok().filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let (id, secret) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some((decode(id)?, decode(secret)?))
}

fn decode(text: &str) -> Option<String> {
    form_urlencoded::parse(text.as_bytes()).next().map(|(decoded, _)| decoded.into_owned())
}
