//! The public keys that tokens are verified with.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header, errors::ErrorKind};

use crate::{
    InvalidToken, Jwk, Jwks, KeyError, LEEWAY, PublicKey, TokenClaims, TokenError, ed25519_provider,
};

/// No token of ours comes near: what is longer is refused unread.
const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// One or more public keys, each known by its id. During a rotation there are two.
#[derive(Debug, Clone)]
pub struct VerifyingKeys(Vec<VerifyingKey>);

#[derive(Debug, Clone)]
struct VerifyingKey {
    id: String,
    public: PublicKey,
    key: DecodingKey,
}

impl VerifyingKeys {
    /// Reads the variable `jwt_public_keys`: keys as of [`PublicKey`], separated by commas, in any
    /// order; spaces around them and repetitions do no harm.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        ed25519_provider::install();
        let mut keys: Vec<VerifyingKey> = Vec::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let public: PublicKey = part.parse()?;
            if keys.iter().all(|known| known.public != public) {
                let key = DecodingKey::from_ed_der(public.as_bytes());
                keys.push(VerifyingKey { id: public.id(), public, key });
            }
        }
        if keys.is_empty() { Err(KeyError::None) } else { Ok(Self(keys)) }
    }

    /// Whether tokens signed with the private half of `key` are accepted.
    pub fn contains(&self, key: &PublicKey) -> bool {
        self.0.iter().any(|known| known.public == *key)
    }

    /// The keys for others to fetch.
    pub fn jwks(&self) -> Jwks {
        Jwks { keys: self.0.iter().map(|known| Jwk::from(&known.public)).collect() }
    }

    /// Says what `token` claims, where it is one that `issuer` made for `audience` and `now` is
    /// within its time.
    ///
    /// The key is one of ours, found by `kid`; keys and addresses in the token's header (`jwk`,
    /// `jku`, `x5c`, `x5u`) are not looked at, and whoever demands more (`crit`) is refused
    /// (RFC 8725 §3.1, §3.5, §3.10, §3.11).
    pub fn verify<C: TokenClaims>(
        &self,
        token: &str,
        issuer: &str,
        audience: &str,
        now: DateTime<Utc>,
    ) -> Result<C, TokenError> {
        in_time(self.read(token, issuer, Some(audience))?, now)
    }

    /// As [`verify`](Self::verify), for whomever it was made.
    pub fn verify_for_anybody<C: TokenClaims>(
        &self,
        token: &str,
        issuer: &str,
        now: DateTime<Utc>,
    ) -> Result<C, TokenError> {
        in_time(self.read(token, issuer, None)?, now)
    }

    /// As [`verify_for_anybody`](Self::verify_for_anybody), whenever it was good: for hints.
    pub fn read_hint<C: TokenClaims>(&self, token: &str, issuer: &str) -> Result<C, InvalidToken> {
        self.read(token, issuer, None)
    }

    fn read<C: TokenClaims>(
        &self,
        token: &str,
        issuer: &str,
        audience: Option<&str>,
    ) -> Result<C, InvalidToken> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(InvalidToken::Malformed);
        }
        let header = decode_header(token).map_err(|error| unreadable_header(&error))?;
        let key = self.key_of(&header, C::MEDIA_TYPE)?;
        Ok(decode(token, key, &validation(issuer, audience))?.claims)
    }

    fn key_of(&self, header: &Header, media_type: &str) -> Result<&DecodingKey, InvalidToken> {
        if header.alg != Algorithm::EdDSA {
            return Err(InvalidToken::Algorithm);
        }
        if header.typ.as_deref() != Some(media_type) {
            return Err(InvalidToken::Type);
        }
        if header.crit.is_some() {
            return Err(InvalidToken::Header);
        }
        let id = header.kid.as_deref().ok_or(InvalidToken::Key)?;
        self.0.iter().find(|known| known.id == id).map(|known| &known.key).ok_or(InvalidToken::Key)
    }
}

fn unreadable_header(error: &jsonwebtoken::errors::Error) -> InvalidToken {
    match error.kind() {
        ErrorKind::Json(_) => InvalidToken::Header,
        _ => InvalidToken::Malformed,
    }
}

fn in_time<C: TokenClaims>(claims: C, now: DateTime<Utc>) -> Result<C, TokenError> {
    if claims.issued_at() > now + LEEWAY {
        return Err(InvalidToken::NotYetValid.into());
    }
    if claims.expires_at() <= now {
        return Err(TokenError::Expired);
    }
    Ok(claims)
}

/// Issuer and audience are the library's to check; time is not: it would ask the system's clock.
fn validation(issuer: &str, audience: Option<&str>) -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.validate_exp = false;
    validation.required_spec_claims = HashSet::from(["iss".to_owned(), "aud".to_owned()]);
    validation.set_issuer(&[issuer]);
    match audience {
        Some(audience) => validation.set_audience(&[audience]),
        None => validation.validate_aud = false,
    }
    validation
}
