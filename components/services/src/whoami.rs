//! `GET /api/service/v1/whoami`

use axum::Json;
use contract::WhoAmI;
use platform::{
    bearer::LiveBearer,
    openapi::{CallerProblems, RateProblems, ServerProblems},
};

/// Who the token or API key speaks for
///
/// Read from the token alone: its signature is checked offline with the public key, and its session against
/// the revocation cache; neither `login` nor the database is asked. Whose an API key is `login` says, and is
/// believed for a few seconds. Permission: none beyond being signed in, or an API key.
#[utoipa::path(
    get,
    path = "/api/service/v1/whoami",
    tag = "identity",
    responses((status = 200, body = WhoAmI, description = "Who is calling"), CallerProblems, RateProblems, ServerProblems),
)]
pub async fn whoami(bearer: LiveBearer) -> Json<WhoAmI> {
    Json(match bearer {
        LiveBearer::Session(claims) => WhoAmI {
            user_id: claims.user_id,
            session_id: Some(claims.session_id),
            api_key_id: None,
            roles: claims.roles,
            scopes: None,
            expires_at: claims.expires_at,
        },
        LiveBearer::ApiKey(holder) => WhoAmI {
            user_id: holder.user_id,
            session_id: None,
            api_key_id: Some(holder.api_key_id),
            roles: Vec::new(),
            scopes: Some(holder.scopes),
            expires_at: holder.expires_at,
        },
    })
}
