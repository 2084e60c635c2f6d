//! `worker` is private: reached by service chaining alone.

use tests::App;

#[tokio::test(flavor = "multi_thread")]
async fn has_no_address_outside() {
    let app = App::start().await;
    for path in [
        "/worker",
        "/worker/health",
        "/health",
        "/api/worker/v1/health",
        "/api/core/v1/worker",
        "/api/service/v1/worker",
        "/.spin.internal/worker",
    ] {
        app.client().get(path).await.expect_status(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn its_name_inside_means_nothing_outside() {
    let app = App::start().await;
    // Spin closes the connection without a word.
    let answer = app.client().get("/health").header("host", "worker.spin.internal").answer().await;
    assert!(answer.is_none_or(|answer| answer.status == 400));
    app.client().get("/health").await.expect_status(404);
}
