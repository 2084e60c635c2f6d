//! `GET /api/service/v1/whoami`

use axum::Json;
use contract::{Permission, WhoAmI};
use platform::{
    bearer::LiveBearer,
    openapi::{CallerProblems, RateProblems, ServerProblems},
};

/// Who the token or API key speaks for
///
/// Read from the token alone: its signature is checked offline with the public key, and its session against
/// the revocation cache; neither `login` nor the database is asked. Whose an API key is `login` says, and is
/// believed for a few seconds. Permission: none beyond being signed in, an API key, or an application's own token.
#[utoipa::path(
    get,
    path = "/api/service/v1/whoami",
    tag = "identity",
    responses((status = 200, body = WhoAmI, description = "Who is calling"), CallerProblems, RateProblems, ServerProblems),
)]
pub async fn whoami(bearer: LiveBearer) -> Json<WhoAmI> {
    Json(match bearer {
        LiveBearer::Session(claims) => WhoAmI {
            user_id: Some(claims.user_id),
            client_id: None,
            session_id: Some(claims.session_id),
            api_key_id: None,
            roles: claims.roles,
            scopes: None,
            expires_at: claims.expires_at,
        },
        LiveBearer::ApiKey(holder) => WhoAmI {
            user_id: Some(holder.user_id),
            client_id: None,
            session_id: None,
            api_key_id: Some(holder.api_key_id),
            roles: Vec::new(),
            scopes: Some(holder.scopes),
            expires_at: holder.expires_at,
        },
        LiveBearer::Client(claims) => WhoAmI {
            user_id: None,
            client_id: Some(claims.client_id),
            session_id: None,
            api_key_id: None,
            roles: Vec::new(),
            scopes: Some(claims.scope.split(' ').filter_map(Permission::parse).collect()),
            expires_at: claims.expires_at,
        },
    })
}
