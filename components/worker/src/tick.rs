//! `POST /tick`

use axum::Json;
use contract::Tick;
use platform::{Result, db::Db};

use crate::{delivery, expiry};

/// Deletes first: it does not depend on a relay that somebody has to set right.
pub async fn tick(db: Db) -> Result<Json<Tick>> {
    let deleted = expiry::delete(&db).await?;
    let mails = delivery::send_due(&db).await?;
    Ok(Json(Tick { mails, deleted }))
}
