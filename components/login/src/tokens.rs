//! How tokens reach the client: in the body, or in cookies that no script can read.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use contract::{SessionId, TokenGrant, Transport};
use credentials::{ACCESS_TOKEN_LIFETIME, OpaqueToken};
use http::{HeaderValue, header};
use platform::{Result, access_token};

/// The refresh token's cookie; its path keeps it away from every other endpoint.
pub const REFRESH_COOKIE: &str = "__Secure-matrice_refresh";
const REFRESH_PATH: &str = "/api/core/v1/auth";

/// What a sign-in or a refresh hands out.
pub struct Tokens {
    /// The session that they are of.
    pub session_id: SessionId,
    /// The signed JWT.
    pub access: String,
    /// The token for the next refresh.
    pub refresh: OpaqueToken,
    /// Seconds until the session ends unless it is refreshed before.
    pub session_seconds: i64,
}

impl Tokens {
    /// The answer that carries them.
    pub fn into_response(self, transport: Transport) -> Result<Response> {
        let expires_in = u32::try_from(ACCESS_TOKEN_LIFETIME.num_seconds()).map_err(anyhow::Error::from)?;
        let mut grant = TokenGrant { expires_in, token_type: None, access_token: None, refresh_token: None };
        match transport {
            Transport::Bearer => {
                grant.token_type = Some("Bearer".to_owned());
                grant.access_token = Some(self.access);
                grant.refresh_token = Some(self.refresh.expose().to_owned());
                Ok(Json(grant).into_response())
            }
            Transport::Cookie => {
                let access = cookie(access_token::COOKIE, &self.access, "/", expires_in.into());
                let refresh =
                    cookie(REFRESH_COOKIE, self.refresh.expose(), REFRESH_PATH, self.session_seconds);
                with_cookies(Json(grant).into_response(), &[access, refresh])
            }
        }
    }
}

/// Makes the browser forget both.
pub fn clear(response: Response) -> Result<Response> {
    let access = cookie(access_token::COOKIE, "", "/", 0);
    let refresh = cookie(REFRESH_COOKIE, "", REFRESH_PATH, 0);
    with_cookies(response, &[access, refresh])
}

/// A cookie of ours: no script reads it, no other site's request brings it.
pub fn cookie(name: &str, value: &str, path: &str, max_age: i64) -> String {
    format!("{name}={value}; Path={path}; Max-Age={max_age}; Secure; HttpOnly; SameSite=Strict")
}

/// The answer, with cookies to be kept.
pub fn with_cookies(mut response: Response, cookies: &[String]) -> Result<Response> {
    for cookie in cookies {
        let value = HeaderValue::from_str(cookie).map_err(anyhow::Error::from)?;
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}
