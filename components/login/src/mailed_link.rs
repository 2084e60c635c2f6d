//! The token of a mailed link, from whoever has opened it.

use contract::ProblemCode;
use credentials::{OpaqueToken, TokenHash, TokenKind};
use platform::{Result, db::Db};

use crate::{attempts, visit::Visit};

/// Counts the try and reads the token; `link_invalid` where it is none.
pub async fn read(visit: &Visit, db: &Db, token: &str) -> Result<TokenHash> {
    attempts::count_anonymous(db, &visit.client).await?;
    Ok(OpaqueToken::parse(TokenKind::Link, token).map_err(|_| ProblemCode::LinkInvalid)?.hash())
}
