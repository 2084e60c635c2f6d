//! Whose an API key is: asked by components without a database, by service chaining alone.

use axum::Json as JsonBody;
use contract::ProblemCode;
use credentials::{OpaqueToken, TokenKind};
use platform::{
    Result,
    api_key::{KeyHolder, Question},
    db::Db,
    extract::Json,
};

/// The asker has told who uses the key, and from where; it is counted and noted as if it had come here.
pub async fn key_holder(db: Db, Json(question): Json<Question>) -> Result<JsonBody<KeyHolder>> {
    let key = OpaqueToken::parse(TokenKind::ApiKey, &question.api_key);
    let key = key.map_err(|_| ProblemCode::ApiKeyInvalid)?;
    Ok(JsonBody(store::key_holder(&db, &key, &question.address).await?))
}
