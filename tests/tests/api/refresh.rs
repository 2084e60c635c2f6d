//! `POST /api/core/v1/auth/refresh`: each refresh token is good once.

use std::time::Duration;

use contract::{TokenGrant, Transport};
use insta::assert_json_snapshot;
use serde_json::json;
use tests::{App, Call, Client, Cookie, sign_in_request};

use crate::at_once::{REFRESH_TOKENS, at_once};

const PATH: &str = "/api/core/v1/auth/refresh";

fn refresh(app: &App, token: &str) -> Call {
    app.client().post(PATH).json(&json!({ "refresh_token": token }))
}

/// Fails unless the session works, or does not, wherever its access token is taken.
async fn assert_alive(client: &Client, alive: bool) {
    for path in ["/api/core/v1/me", "/api/service/v1/whoami"] {
        let response = client.get(path).await;
        if alive {
            response.expect_status(200);
        } else {
            response.expect_problem(401, "session_ended");
        }
    }
}

/// The seconds that a cookie is kept for, and leaves them out of a snapshot: they depend on the time that has passed.
fn take_max_age(cookie: &mut Cookie) -> u32 {
    let attribute = cookie.attributes.iter_mut().find(|attribute| attribute.starts_with("Max-Age=")).unwrap();
    let seconds = attribute["Max-Age=".len()..].parse().unwrap();
    "[the rest of the session]".clone_into(attribute);
    seconds
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_has_the_next_token() {
    let app = App::start().await;
    let admin = app.setup().await;
    let response = refresh(&app, admin.refresh_token()).await;
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
    let renewed: TokenGrant = response.json();
    assert_ne!(renewed.refresh_token.as_deref(), Some(admin.refresh_token()));
    assert_ne!(renewed.access_token.as_deref(), Some(admin.access_token()));
    let renewed = app.client().signed_in(renewed);
    assert_alive(&renewed, true).await;
    refresh(&app, renewed.refresh_token()).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_send_and_get_cookies() {
    let app = App::start().await;
    app.setup().await;
    let request = sign_in_request("ada@example.org", Transport::Cookie);
    let signed_in = app.client().post("/api/core/v1/auth/login").json(&request).await.expect_status(200);
    let mut response = app.client().post(PATH).json(&json!({})).cookies(&signed_in.cookies).await;
    let rest = take_max_age(&mut response.cookies[1]);
    assert_eq!(rest, 14 * 24 * 3600);
    assert_json_snapshot!(response, @r#"
    {
      "status": 200,
      "cookies": [
        "__Host-matrice_access=[jwt]; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Strict",
        "__Secure-matrice_refresh=[token]; Path=/api/core/v1/auth; [the rest of the session]; Secure; HttpOnly; SameSite=Strict"
      ],
      "body": {
        "expires_in": 600
      }
    }
    "#);
    assert_ne!(response.cookies[1].value, signed_in.cookies[1].value);
    app.client().post(PATH).json(&json!({})).cookies(&response.cookies).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_that_changed_are_in_the_next_access_token() {
    let app = App::start().await;
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let session = app.sign_in("grace@example.org").await;
    let change = json!({ "roles": ["auditor"] });
    let path = format!("/api/core/v1/users/{}", grace.id);
    admin.patch(&path).header("if-match", "\"1\"").json(&change).await.expect_status(200);
    let roles = async |client: &Client| client.get("/api/service/v1/whoami").await.body["roles"].clone();
    assert_eq!(roles(&session).await, json!([]));
    let renewed = app.client().signed_in(refresh(&app, session.refresh_token()).await.json());
    assert_eq!(roles(&renewed).await, json!(["auditor"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_comes_back_ends_the_session_everywhere() {
    let app = App::start().await;
    let admin = app.setup().await;
    let elsewhere = app.sign_in("ada@example.org").await;
    let renewed = app.client().signed_in(refresh(&app, admin.refresh_token()).await.json());
    assert_alive(&renewed, true).await;

    assert_json_snapshot!(refresh(&app, admin.refresh_token()).await, @r#"
    {
      "status": 401,
      "headers": {
        "content-type": "application/problem+json",
        "www-authenticate": "Bearer"
      },
      "body": {
        "code": "session_ended",
        "request_id": "[uuid]",
        "status": 401,
        "title": "The session has ended",
        "type": "urn:matrice:problem:session_ended"
      }
    }
    "#);
    assert_alive(&renewed, false).await;
    refresh(&app, renewed.refresh_token()).await.expect_problem(401, "session_ended");
    assert_alive(&elsewhere, true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_wins_and_the_session_lives() {
    let app = App::start().await;
    let admin = app.setup().await;
    let call = || refresh(&app, admin.refresh_token());
    let [won, lost] = at_once(&app, REFRESH_TOKENS, call(), call()).await;
    assert_json_snapshot!(lost, @r#"
    {
      "status": 401,
      "headers": {
        "content-type": "application/problem+json",
        "www-authenticate": "Bearer"
      },
      "body": {
        "code": "session_ended",
        "detail": "another request renewed this session at the same moment",
        "request_id": "[uuid]",
        "status": 401,
        "title": "The session has ended",
        "type": "urn:matrice:problem:session_ended"
      }
    }
    "#);
    let renewed = app.client().signed_in(won.expect_status(200).json());
    assert_alive(&renewed, true).await;
    refresh(&app, renewed.refresh_token()).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_thirty_days_however_often_it_is_refreshed() {
    let app = App::start().await;
    let Some(clock) = app.movable_clock() else { return };
    let admin = app.setup().await;
    let mut renewed = admin;
    for days in [13, 13, 3] {
        clock.advance(Duration::from_hours(days * 24));
        let response = refresh(&app, renewed.refresh_token()).await.expect_status(200);
        renewed = app.client().signed_in(response.json());
    }
    clock.advance(Duration::from_mins(24 * 60 - 5));
    let renewed =
        app.client().signed_in(refresh(&app, renewed.refresh_token()).await.expect_status(200).json());
    clock.advance(Duration::from_mins(5));
    refresh(&app, renewed.refresh_token()).await.expect_problem(401, "session_ended");
    renewed.get("/api/core/v1/me").await.expect_problem(401, "session_ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_fourteen_days_without_a_refresh() {
    let app = App::start().await;
    let Some(clock) = app.movable_clock() else { return };
    let admin = app.setup().await;
    clock.advance(Duration::from_mins(14 * 24 * 60 - 5));
    let response = refresh(&app, admin.refresh_token()).await.expect_status(200);
    let renewed = app.client().signed_in(response.json());
    clock.advance(Duration::from_hours(14 * 24));
    refresh(&app, renewed.refresh_token()).await.expect_problem(401, "session_ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_what_is_no_refresh_token() {
    let app = App::start().await;
    let admin = app.setup().await;
    assert_json_snapshot!(app.client().post(PATH).json(&json!({})).await, @r#"
    {
      "status": 401,
      "headers": {
        "content-type": "application/problem+json",
        "www-authenticate": "Bearer"
      },
      "body": {
        "code": "unauthenticated",
        "request_id": "[uuid]",
        "status": 401,
        "title": "Sign in to continue",
        "type": "urn:matrice:problem:unauthenticated"
      }
    }
    "#);
    assert_json_snapshot!(refresh(&app, "garbage").await, @r#"
    {
      "status": 401,
      "headers": {
        "content-type": "application/problem+json",
        "www-authenticate": "Bearer"
      },
      "body": {
        "code": "token_invalid",
        "request_id": "[uuid]",
        "status": 401,
        "title": "The token is not valid",
        "type": "urn:matrice:problem:token_invalid"
      }
    }
    "#);
    refresh(&app, admin.access_token()).await.expect_problem(401, "token_invalid");
    refresh(&app, &admin.refresh_token().replace("mtr_", "mts_")).await.expect_problem(401, "token_invalid");
    // Well formed, and never issued.
    refresh(&app, "mtr_0000000000000000000000000000002C8GjS").await.expect_problem(401, "session_ended");
    refresh(&app, admin.refresh_token()).await.expect_status(200);
}
