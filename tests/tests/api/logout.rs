//! `POST /api/core/v1/auth/logout`

use std::time::Duration;

use contract::Transport;
use insta::assert_json_snapshot;
use serde_json::json;
use tests::{App, Client, sign_in_request};

const PATH: &str = "/api/core/v1/auth/logout";

async fn assert_ended(client: &Client) {
    client.get("/api/core/v1/me").await.expect_problem(401, "session_ended");
    client.get("/api/service/v1/whoami").await.expect_problem(401, "session_ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn ends_the_session_at_once_and_only_this_one() {
    let app = App::start().await;
    let admin = app.setup().await;
    let elsewhere = app.sign_in("ada@example.org").await;
    assert_json_snapshot!(admin.post(PATH).json(&json!({})).await, @r#"
    {
      "status": 204,
      "cookies": [
        "__Host-matrice_access=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict",
        "__Secure-matrice_refresh=; Path=/api/core/v1/auth; Max-Age=0; Secure; HttpOnly; SameSite=Strict"
      ]
    }
    "#);
    assert_ended(&admin).await;
    let refresh = json!({ "refresh_token": admin.refresh_token() });
    app.client().post("/api/core/v1/auth/refresh").json(&refresh).await.expect_problem(401, "session_ended");
    elsewhere.get("/api/core/v1/me").await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_lose_their_cookies() {
    let app = App::start().await;
    app.setup().await;
    let request = sign_in_request("ada@example.org", Transport::Cookie);
    let signed_in = app.client().post("/api/core/v1/auth/login").json(&request).await;
    let logout = || app.client().post(PATH).json(&json!({})).cookies(&signed_in.cookies);
    assert_json_snapshot!(logout().await, @r#"
    {
      "status": 204,
      "cookies": [
        "__Host-matrice_access=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict",
        "__Secure-matrice_refresh=; Path=/api/core/v1/auth; Max-Age=0; Secure; HttpOnly; SameSite=Strict"
      ]
    }
    "#);
    let access = signed_in.cookie("__Host-matrice_access");
    app.client().get("/api/core/v1/me").cookies([access]).await.expect_problem(401, "session_ended");
    app.client().get("/api/service/v1/whoami").cookies([access]).await.expect_problem(401, "session_ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn twice_or_without_a_session_is_no_error() {
    let app = App::start().await;
    let admin = app.setup().await;
    app.client().post(PATH).json(&json!({})).await.expect_status(204);
    app.client()
        .with_token("garbage")
        .post(PATH)
        .json(&json!({ "refresh_token": "garbage" }))
        .await
        .expect_status(204);
    for _ in 0..2 {
        admin.post(PATH).json(&json!({})).await.expect_status(204);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_refresh_token_alone_is_enough() {
    let app = App::start().await;
    let admin = app.setup().await;
    let body = json!({ "refresh_token": admin.refresh_token() });
    app.client().post(PATH).json(&body).await.expect_status(204);
    assert_ended(&admin).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_refresh_token_is_enough_when_the_access_token_has_expired() {
    let app = App::start().await;
    let Some(clock) = app.movable_clock() else { return };
    let admin = app.setup().await;
    clock.advance(Duration::from_mins(11));
    admin.post(PATH).json(&json!({ "refresh_token": admin.refresh_token() })).await.expect_status(204);
    let refresh = json!({ "refresh_token": admin.refresh_token() });
    app.client().post("/api/core/v1/auth/refresh").json(&refresh).await.expect_problem(401, "session_ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_site_signs_anybody_out() {
    let app = App::start().await;
    app.setup().await;
    let request = sign_in_request("ada@example.org", Transport::Cookie);
    let signed_in = app.client().post("/api/core/v1/auth/login").json(&request).await;
    let logout = app.client().post(PATH).json(&json!({})).cookies(&signed_in.cookies);
    logout.header("sec-fetch-site", "cross-site").await.expect_problem(403, "cross_site_request");
    let access = signed_in.cookie("__Host-matrice_access");
    app.client().get("/api/core/v1/me").cookies([access]).await.expect_status(200);
}
