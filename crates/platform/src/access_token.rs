//! The verified access token of a request.

use axum::extract::FromRequestParts;
use contract::ProblemCode;
use credentials::{ApiClaims, Claims, TokenError, VerifyingKeys};
use http::{HeaderMap, header, request::Parts};

use crate::{Error, bearer::Bearer, clock, config, config::Site, instance::InstanceCell};

/// The cookie that carries it for browsers. `__Host-`: this host alone, https (or the own machine) alone.
pub const COOKIE: &str = "__Host-matrice_access";

/// The audience of Matrice's own API.
pub const AUDIENCE: &str = "matrice";

static KEYS: InstanceCell<VerifyingKeys> = InstanceCell::new();

/// Proof that the token's signature, issuer, audience and time hold. Whether the session and the account
/// are still good is for the database to say: see `store::Caller`.
pub struct AccessToken(pub Claims);

impl<S: Send + Sync> FromRequestParts<S> for AccessToken {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        match Bearer::from_request_parts(parts, state).await? {
            Bearer::AccessToken(claims) => Ok(Self(claims)),
            Bearer::ApiKey(_) | Bearer::Client(_) => Err(ProblemCode::SessionRequired.into()),
        }
    }
}

/// The keys that tokens are verified with, as of this instance.
pub async fn keys() -> Result<&'static VerifyingKeys, Error> {
    Ok(KEYS.get_or_try_init(config::verifying_keys).await?)
}

/// Reads a token that the request was sent with.
pub(crate) async fn verify(token: &str, parts: &Parts) -> Result<ApiClaims, Error> {
    let site = parts.extensions.get::<&'static Site>().copied();
    let site = site.ok_or_else(|| anyhow::anyhow!("the request did not come through serve"))?;
    let claims = keys().await?.verify(token, site.issuer(), AUDIENCE, clock::now());
    Ok(claims.map_err(|error| match error {
        TokenError::Expired => ProblemCode::TokenExpired,
        TokenError::Invalid(_) => ProblemCode::TokenInvalid,
    })?)
}

/// The value of a cookie of the request (RFC 6265 §5.4).
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}
