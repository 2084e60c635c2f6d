//! The database does not answer: health, readiness, and what clients are told.

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::json;
use tests::{App, PASSWORD, Response};

#[tokio::test(flavor = "multi_thread")]
async fn alive_and_ready() {
    let app = App::start().await;
    assert_json_snapshot!(app.client().get("/api/core/v1/health").await, @r#"
    {
      "status": 200,
      "body": {
        "status": "ok"
      }
    }
    "#);
    assert_json_snapshot!(app.client().get("/api/core/v1/ready").await, @r#"
    {
      "status": 200,
      "body": {
        "checks": [
          {
            "name": "database",
            "status": "ok"
          },
          {
            "name": "key_value",
            "status": "ok"
          }
        ],
        "status": "ok"
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_database_alive_and_not_ready() {
    let app = App::builder().without_database().start().await;
    app.client().get("/api/core/v1/health").await.expect_status(200);
    assert_json_snapshot!(app.client().get("/api/core/v1/ready").await, @r#"
    {
      "status": 503,
      "body": {
        "checks": [
          {
            "name": "database",
            "status": "down"
          },
          {
            "name": "key_value",
            "status": "ok"
          }
        ],
        "status": "down"
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn recovers_with_the_database() {
    let app = App::start().await;
    let admin = app.setup().await;
    app.database().close().await;
    app.client().get("/api/core/v1/ready").await.expect_status(503);
    assert_json_snapshot!(admin.get("/api/core/v1/me").await, @r#"
    {
      "status": 503,
      "headers": {
        "content-type": "application/problem+json",
        "retry-after": "1"
      },
      "body": {
        "code": "unavailable",
        "request_id": "[uuid]",
        "status": 503,
        "title": "The service is not available right now",
        "type": "urn:matrice:problem:unavailable"
      }
    }
    "#);
    admin.get("/api/service/v1/whoami").await.expect_status(200);

    app.database().open().await;
    app.client().get("/api/core/v1/ready").await.expect_status(200);
    admin.get("/api/core/v1/me").await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_learn_nothing_of_the_inside() {
    let app = App::builder().without_database().start().await;
    let body = json!({ "email": "ada@example.org", "password": PASSWORD });
    let response = app.client().post("/api/core/v1/auth/login").json(&body).await;
    assert_json_snapshot!(response, @r#"
    {
      "status": 503,
      "headers": {
        "content-type": "application/problem+json",
        "retry-after": "1"
      },
      "body": {
        "code": "unavailable",
        "request_id": "[uuid]",
        "status": 503,
        "title": "The service is not available right now",
        "type": "urn:matrice:problem:unavailable"
      }
    }
    "#);
    assert_says_nothing(&response);

    // The log has what the client is not told, under the id that it is told.
    let id = response.header("x-request-id").unwrap();
    assert_eq!(response.body["request_id"], id);
    let log = app.log_of(id).await;
    assert!(log.contains("database unavailable"), "{log}");
    assert!(!app.log().contains(PASSWORD));
}

/// What was done stays done: the log must have it, even where not everybody can be told.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_value_store_the_log_has_what_was_done() {
    let app = App::builder().without_key_value().start().await;
    app.client().get("/api/core/v1/ready").await.expect_status(503);
    let ada = app.setup().await;
    app.sign_in("ada@example.org").await;
    let change = json!({ "current_password": PASSWORD, "new_password": "a better battery staple" });
    ada.post("/api/core/v1/auth/password/change").json(&change).await.expect_problem(503, "unavailable");

    let grace = ada.create_user("grace@example.org", "Grace Hopper", &[]).await.id;
    app.sign_in("grace@example.org").await;
    ada.post(&format!("/api/core/v1/users/{grace}/lock")).await.expect_problem(503, "unavailable");
    ada.post(&format!("/api/core/v1/users/{grace}/unlock")).await.expect_status(200);
    app.ask_for_reset("grace@example.org").await;
    let token = app.mailed_token("grace@example.org", "password_reset").await;
    let reset = json!({ "token": token, "password": "a better battery staple" });
    let reset = app.client().post("/api/core/v1/auth/password/reset").json(&reset).await;
    reset.expect_problem(503, "unavailable");

    let sql = "SELECT string_agg(kind || ' ' || outcome, E'\n' ORDER BY id) FROM security_events";
    let log: String = app.database().client().query_one(sql, &[]).await.unwrap().get(0);
    assert_snapshot!(log, @"
    set_up success
    sign_in success
    password_changed success
    user_created success
    sign_in success
    user_locked success
    user_unlocked success
    password_forgotten success
    password_reset success
    ");
}

fn assert_says_nothing(response: &Response) {
    let everything = format!("{:?} {}", response.headers, response.body).to_lowercase();
    for secret in
        ["127.0.0.1", "postgres", "matrice_login", "select", "connection refused", "os error", ".rs"]
    {
        assert!(!everything.contains(secret), "{secret}: {everything}");
    }
}
