//! `POST /api/core/v1/auth/oauth2/end-session`

use axum::Json as JsonBody;
use contract::{ClientId, EndSession, EndSessionRequest, ProblemCode};
use credentials::IdTokenClaims;
use platform::{
    Result,
    access_token::AccessToken,
    db::Db,
    extract::Json,
    openapi::{InputProblems, OriginProblems, RateProblems, ServerProblems},
};
use store::oauth_client;

use super::{authorization::registered, hint, redirect};
use crate::{attempts, visit::Visit};

/// Says where to go after signing out
///
/// What the page at `/sign-out` asks with its own query (`OpenID` Connect RP-Initiated Logout 1.0 §2). Nobody is signed
/// out by it: the page does that, asking first unless `confirmed`. Permission: none.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/oauth2/end-session",
    tag = "oauth2",
    request_body = EndSessionRequest,
    responses(
        (status = 200, body = EndSession, description = "Who asks, and where to go"),
        OriginProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
        // Behind the others, one of which has a 400 too.
        (status = 400, body = contract::Problem, content_type = "application/problem+json",
            description = "`client_invalid`: unknown, disabled, or not named. `redirect_uri_invalid`: not one of its \
                addresses. `id_token_hint_invalid`: not an ID token of ours, or of another application. \
                `malformed_request`"),
    ),
)]
pub async fn end_oauth_session(
    access: Result<AccessToken>,
    visit: Visit,
    db: Db,
    Json(request): Json<EndSessionRequest>,
) -> Result<JsonBody<EndSession>> {
    attempts::count_authorization(&db, &visit.client).await?;
    let hint = match request.id_token_hint.as_deref() {
        Some(token) => Some(hint::read(visit.site, token).await?.ok_or(ProblemCode::IdTokenHintInvalid)?),
        None => None,
    };
    let named = request.client_id.as_deref().map(str::parse::<ClientId>).transpose();
    let named = named.map_err(|_| ProblemCode::ClientInvalid)?;
    if let (Some(hint), Some(named)) = (&hint, named)
        && hint.audience != named
    {
        return Err(ProblemCode::IdTokenHintInvalid.into());
    }
    let client = match hint.as_ref().map(|hint| hint.audience).or(named) {
        Some(id) => Some(oauth_client::find(&db, id, None).await?.ok_or(ProblemCode::ClientInvalid)?.client),
        None => None,
    };
    let redirect_to = match request.post_logout_redirect_uri.as_deref() {
        Some(asked) => {
            let client = client.as_ref().ok_or(ProblemCode::ClientInvalid)?;
            let uri = registered(&client.post_logout_redirect_uris, Some(asked))?;
            Some(redirect::with_query(&uri, &[("state", request.state.as_deref())]))
        }
        None => None,
    };
    let own =
        |hint: IdTokenClaims| access.is_ok_and(|AccessToken(claims)| claims.session_id == hint.session_id);
    let confirmed = hint.is_some_and(own);
    Ok(JsonBody(EndSession { client_name: client.map(|client| client.name), confirmed, redirect_to }))
}
