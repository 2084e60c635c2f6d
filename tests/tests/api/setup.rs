//! `POST /api/core/v1/auth/setup`: the first administrator.

use std::time::Duration;

use contract::Me;
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use tests::App;

use crate::at_once::{ADMINISTRATORS, at_once};

const PATH: &str = "/api/core/v1/auth/setup";

fn request(token: &str) -> Value {
    json!({
        "token": token,
        "email": "Ada@Example.org",
        "display_name": " Ada Lovelace ",
        "password": "correct horse battery staple",
        "transport": "bearer",
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn makes_the_first_administrator_and_signs_them_in() {
    let app = App::start().await;
    let response = app.client().post(PATH).json(&request(&app.setup_token().await)).await;
    assert_json_snapshot!(response, @r#"
    {
      "status": 200,
      "body": {
        "access_token": "[jwt]",
        "expires_in": 600,
        "refresh_token": "[token]",
        "token_type": "Bearer"
      }
    }
    "#);

    let me: Me = app.client().signed_in(response.json()).get("/api/core/v1/me").await.json();
    assert_eq!((me.email.as_str(), me.display_name.as_str()), ("ada@example.org", "Ada Lovelace"));
    assert_json_snapshot!(me.roles, @r#"
    [
      "administrator"
    ]
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn signs_in_by_cookie_unless_told() {
    let app = App::start().await;
    let mut request = request(&app.setup_token().await);
    request.as_object_mut().unwrap().remove("transport");
    assert_json_snapshot!(app.client().post(PATH).json(&request).await, @r#"
    {
      "status": 200,
      "cookies": [
        "__Host-matrice_access=[jwt]; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Strict",
        "__Secure-matrice_refresh=[token]; Path=/api/core/v1/auth; Max-Age=1209600; Secure; HttpOnly; SameSite=Strict"
      ],
      "body": {
        "expires_in": 600
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_a_link_that_is_not_one() {
    let app = App::start().await;
    let token = app.setup_token().await;
    let refused = app.client().post(PATH).json(&request("mts_0000000000000000000000000000002C8GjS")).await;
    assert_json_snapshot!(refused, @r#"
    {
      "status": 403,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "setup_token_invalid",
        "request_id": "[uuid]",
        "status": 403,
        "title": "The set-up link is not valid",
        "type": "urn:matrice:problem:setup_token_invalid"
      }
    }
    "#);
    for forged in ["", "x", "mtr_000000000000000000000000000000000000", &token.replace("mts_", "mtr_")] {
        app.client().post(PATH).json(&request(forged)).await.expect_problem(403, "setup_token_invalid");
    }
    app.client().post(PATH).json(&request(&token)).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_a_link_that_was_used_or_replaced() {
    let app = App::start().await;
    let replaced = app.setup_token().await;
    let used = app.setup_token().await;
    app.client().post(PATH).json(&request(&replaced)).await.expect_problem(403, "setup_token_invalid");
    let spend = "UPDATE setup_tokens SET used_at = issued_at";
    app.database().client().execute(spend, &[]).await.unwrap();
    app.client().post(PATH).json(&request(&used)).await.expect_problem(403, "setup_token_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_good_for_thirty_minutes() {
    let app = App::start().await;
    let Some(clock) = app.movable_clock() else { return };
    let token = app.setup_token().await;
    clock.advance(Duration::from_mins(30));
    app.client().post(PATH).json(&request(&token)).await.expect_problem(403, "setup_token_invalid");

    let token = app.setup_token().await;
    clock.advance(Duration::from_mins(29));
    app.client().post(PATH).json(&request(&token)).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn says_what_is_wrong_with_every_field() {
    let app = App::start().await;
    let request =
        json!({ "token": "x", "email": "ada@localhost", "display_name": "  ", "password": "too short" });
    assert_json_snapshot!(app.client().post(PATH).json(&request).await, @r#"
    {
      "status": 422,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "validation_failed",
        "errors": [
          {
            "code": "invalid_format",
            "field": "email"
          },
          {
            "code": "required",
            "field": "display_name"
          },
          {
            "code": "too_short",
            "field": "password",
            "limit": 12
          }
        ],
        "request_id": "[uuid]",
        "status": 422,
        "title": "Some fields are not valid",
        "type": "urn:matrice:problem:validation_failed"
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn happens_once() {
    let app = App::start().await;
    let token = app.setup_token().await;
    app.client().post(PATH).json(&request(&token)).await.expect_status(200);
    assert_json_snapshot!(app.client().post(PATH).json(&request(&token)).await, @r#"
    {
      "status": 409,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "setup_done",
        "request_id": "[uuid]",
        "status": 409,
        "title": "Matrice is already set up",
        "type": "urn:matrice:problem:setup_done"
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_wins() {
    let app = App::start().await;
    let token = app.setup_token().await;
    let call = |email: &str| {
        let mut request = request(&token);
        request["email"] = json!(email);
        app.client().post(PATH).json(&request)
    };
    let [won, lost] = at_once(&app, ADMINISTRATORS, call("ada@example.org"), call("eve@example.org")).await;
    won.expect_status(200);
    lost.expect_problem(409, "setup_done");
    let accounts = app.database().client().query_one("SELECT count(*) FROM users", &[]).await.unwrap();
    assert_eq!(accounts.get::<_, i64>(0), 1);
}
