//! `POST /tick`

use axum::Json;
use contract::Tick;
use platform::{Result, db::Db};

use crate::{delivery, expiry};

/// Does both, whatever becomes of the other: mails leave without the key-value store, and what has expired is deleted
/// without a relay.
pub async fn tick(db: Db) -> Result<Json<Tick>> {
    let mails = delivery::send_due(&db).await;
    let deleted = expiry::delete(&db).await;
    Ok(Json(Tick { mails: mails?, deleted: deleted? }))
}
