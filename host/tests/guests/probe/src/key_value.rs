//! Key-value stores.

use axum::{Router, extract::Path, routing::get};
use bytes::Bytes;
use spin_sdk::key_value::Store;

use crate::{Answer, failed};

pub fn routes() -> Router {
    Router::new()
        .route("/key-value/{store}", get(keys))
        .route("/key-value/{store}/{key}", get(read).put(write).delete(remove))
}

async fn keys(Path(store): Path<String>) -> Answer {
    let store = Store::open(store).await.map_err(failed)?;
    let mut keys = store.get_keys().await.collect().await.map_err(failed)?;
    keys.sort();
    Ok(keys.join(","))
}

async fn read(Path((store, key)): Path<(String, String)>) -> Answer {
    let store = Store::open(store).await.map_err(failed)?;
    let value = store.get(&key).await.map_err(failed)?;
    Ok(value.map_or("none".into(), |value| String::from_utf8_lossy(&value).into_owned()))
}

async fn write(Path((store, key)): Path<(String, String)>, value: Bytes) -> Answer {
    let store = Store::open(store).await.map_err(failed)?;
    store.set(&key, &value).await.map_err(failed)?;
    Ok(store.exists(&key).await.map_err(failed)?.to_string())
}

async fn remove(Path((store, key)): Path<(String, String)>) -> Answer {
    let store = Store::open(store).await.map_err(failed)?;
    store.delete(&key).await.map_err(failed)?;
    Ok(store.exists(&key).await.map_err(failed)?.to_string())
}
