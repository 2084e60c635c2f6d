//! What a request is sent with to prove who is calling: an access token, or an API key.

use axum::{Extension, RequestPartsExt, extract::FromRequestParts};
use contract::ProblemCode;
use credentials::{Claims, OpaqueToken, TokenKind};
use http::{HeaderMap, header, request::Parts};

use crate::{
    Error, Result,
    access_token::{self, COOKIE, cookie},
    api_key::{self, KeyHolder},
    client::Client,
    request_id, revocation,
};

/// As far as can be told without asking anybody.
pub enum Bearer {
    /// An access token that verifies.
    AccessToken(Claims),
    /// What has the form of an API key.
    ApiKey(OpaqueToken),
}

impl<S: Send + Sync> FromRequestParts<S> for Bearer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let token = match authorization(&parts.headers)? {
            Some(key) if key.starts_with(TokenKind::ApiKey.prefix()) => {
                let key = OpaqueToken::parse(TokenKind::ApiKey, key);
                return Ok(Self::ApiKey(key.map_err(|_| ProblemCode::ApiKeyInvalid)?));
            }
            Some(token) => token,
            None => cookie(&parts.headers, COOKIE).ok_or(ProblemCode::Unauthenticated)?,
        };
        Ok(Self::AccessToken(access_token::verify(token, parts).await?))
    }
}

/// The token of the `Authorization` header (RFC 6750 §2.1).
pub(crate) fn authorization(headers: &HeaderMap) -> Result<Option<&str>, ProblemCode> {
    let Some(authorization) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let text = authorization.to_str().map_err(|_| ProblemCode::TokenInvalid)?;
    match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(Some(token.trim())),
        _ => Err(ProblemCode::TokenInvalid),
    }
}

/// Who is calling, for components without a database: a session that is not known to have ended, or the holder of an
/// API key. Handlers say what each may do.
pub enum LiveBearer {
    /// An access token.
    Session(Claims),
    /// An API key.
    ApiKey(KeyHolder),
}

impl<S: Send + Sync> FromRequestParts<S> for LiveBearer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        match Bearer::from_request_parts(parts, state).await? {
            Bearer::AccessToken(claims) if revocation::is_revoked(claims.session_id).await? => {
                Err(ProblemCode::SessionEnded.into())
            }
            Bearer::AccessToken(claims) => Ok(Self::Session(claims)),
            Bearer::ApiKey(key) => {
                let Extension(client): Extension<Client> =
                    parts.extract().await.map_err(anyhow::Error::from)?;
                let id = parts.headers.get(request_id::HEADER);
                Ok(Self::ApiKey(api_key::holder(&key, &client, id).await?))
            }
        }
    }
}
