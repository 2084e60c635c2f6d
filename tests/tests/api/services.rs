//! `/api/service/v1/...`: answers from the token alone.

use chrono::TimeDelta;
use contract::{RoleName, SessionId, UserId};
use credentials::Claims;
use insta::assert_json_snapshot;
use tests::{App, Client, PUBLIC_URL};
use uuid::Uuid;

/// A client with a token that the application's key signed, of a session that no database has to know.
fn bearer(app: &App) -> Client {
    let claims = Claims {
        issuer: PUBLIC_URL.to_owned(),
        audience: "matrice".to_owned(),
        user_id: UserId(Uuid::now_v7()),
        session_id: SessionId(Uuid::now_v7()),
        roles: vec![RoleName::parse("auditor").unwrap()],
        issued_at: app.now(),
        expires_at: app.now() + TimeDelta::minutes(10),
        token_id: Uuid::now_v7(),
    };
    app.client().with_token(&app.key().sign(&claims))
}

#[tokio::test(flavor = "multi_thread")]
async fn whoami_reads_the_token_and_asks_nobody() {
    let app = App::builder().without_database().start().await;
    assert_json_snapshot!(bearer(&app).get("/api/service/v1/whoami").await, @r#"
    {
      "status": 200,
      "body": {
        "expires_at": "[time]",
        "roles": [
          "auditor"
        ],
        "session_id": "[uuid]",
        "user_id": "[uuid]"
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn alive_and_ready_without_a_database() {
    let app = App::builder().without_database().start().await;
    assert_json_snapshot!(app.client().get("/api/service/v1/health").await, @r#"
    {
      "status": 200,
      "body": {
        "status": "ok"
      }
    }
    "#);
    assert_json_snapshot!(app.client().get("/api/service/v1/ready").await, @r#"
    {
      "status": 200,
      "body": {
        "checks": [
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
