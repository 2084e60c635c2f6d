//! The movable clock and random numbers.

use std::time::Duration;

use crate::app::{Setup, only_on_the_host};

#[tokio::test]
async fn both_generations_see_the_clock_move() {
    if only_on_the_host("the clock") {
        return;
    }
    let app = Setup::probe("").start().await;
    for path in ["/clock/0.2", "/clock/0.3"] {
        let before: u64 = app.text(path).await.parse().unwrap();
        app.host().clock().advance(Duration::from_hours(1));
        let after: u64 = app.text(path).await.parse().unwrap();
        assert!((3600..3700).contains(&(after - before)), "{path}: {before} {after}");
    }
}

#[tokio::test]
async fn waiting_takes_real_time_and_random_numbers_differ() {
    let app = Setup::probe("").start().await;
    assert_eq!(app.text("/sleep/20").await, "awake");
    assert_ne!(app.text("/random").await, app.text("/random").await);
}
