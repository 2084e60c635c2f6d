//! `GET /api/core/v1/auth/sign-up`

use axum::Json;
use contract::SignUpRules;
use platform::{Result, config::SignUp, openapi::ServerProblems};

/// Who may ask for an account
///
/// Anybody, nobody, or whoever has an address of certain domains. Permission: none.
#[utoipa::path(
    get,
    path = "/api/core/v1/auth/sign-up",
    tag = "sign-up",
    responses((status = 200, body = SignUpRules, description = "The rules"), ServerProblems),
)]
pub async fn sign_up_rules() -> Result<Json<SignUpRules>> {
    Ok(Json(SignUp::get().await?.rules()))
}
