//! Guests that misbehave.

use std::hint::black_box;

use axum::{Router, extract::Path, routing::get};

pub fn routes() -> Router {
    Router::new()
        .route("/panic", get(panic))
        .route("/busy", get(busy))
        .route("/allocate/{mebibytes}", get(allocate))
}

async fn panic() {
    let none: Option<()> = black_box(None);
    assert!(none.is_some(), "asked to panic");
}

/// Never waits and never ends.
async fn busy() {
    let mut counter = 0_u64;
    while black_box(counter) != u64::MAX {
        counter = counter.wrapping_add(2);
    }
}

async fn allocate(Path(mebibytes): Path<usize>) -> String {
    let memory = black_box(vec![1_u8; mebibytes << 20]);
    memory.len().to_string()
}
