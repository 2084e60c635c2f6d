//! `POST /api/core/v1/auth/password/...`: forgotten and changed passwords

use std::time::Duration;

use contract::Transport;
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use tests::{App, Client, PASSWORD, sign_in_request};

use crate::at_once::{EMAIL_LINKS, at_once};

const FORGOT: &str = "/api/core/v1/auth/password/forgot";
const RESET: &str = "/api/core/v1/auth/password/reset";
const CHANGE: &str = "/api/core/v1/auth/password/change";
const LOGIN: &str = "/api/core/v1/auth/login";
const ME: &str = "/api/core/v1/me";
const NEW: &str = "a better battery staple";

async fn forget(app: &App, email: &str) {
    let forgotten = app.client().post(FORGOT).json(&json!({ "email": email })).await;
    assert_eq!((forgotten.status, &forgotten.body), (202, &Value::Null));
}

async fn sign_in_with(app: &App, password: &str) -> u16 {
    let mut request = sign_in_request("ada@example.org", Transport::Bearer);
    password.clone_into(&mut request.password);
    app.client().post(LOGIN).json(&request).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailed_link_sets_a_new_password_and_ends_every_session() {
    let app = App::start().await;
    let ada = app.setup().await;
    forget(&app, "Ada@Example.org").await;
    let token = app.mailed_token("ada@example.org", "password_reset").await;
    let reset = json!({ "token": token, "password": NEW });
    app.client().post(RESET).json(&reset).await.expect_status(204);

    ada.get(ME).await.expect_problem(401, "session_ended");
    ada.get("/api/service/v1/whoami").await.expect_problem(401, "session_ended");
    assert_eq!((sign_in_with(&app, PASSWORD).await, sign_in_with(&app, NEW).await), (401, 200));
    app.client().post(RESET).json(&reset).await.expect_problem(403, "link_invalid");
    assert_eq!(app.mails("ada@example.org").await, ["password_reset", "password_changed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_whether_an_account_exists() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace = ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    ada.post(&format!("/api/core/v1/users/{}/lock", grace.id)).await.expect_status(200);
    forget(&app, "nobody@example.org").await;
    forget(&app, "grace@example.org").await;
    assert!(app.mails("nobody@example.org").await.is_empty());
    assert!(app.mails("grace@example.org").await.is_empty(), "a locked account gets no link");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_not_good() {
    let app = App::start().await;
    app.setup().await;
    let reset =
        async |token: &str| app.client().post(RESET).json(&json!({ "token": token, "password": NEW })).await;
    assert_json_snapshot!(reset("mtl_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G").await, @r#"
    {
      "status": 403,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "link_invalid",
        "request_id": "[uuid]",
        "status": 403,
        "title": "The link is not valid any more",
        "type": "urn:matrice:problem:link_invalid"
      }
    }
    "#);
    for token in ["", "mtl_", "mtr_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G", "'; DROP TABLE users; --"] {
        reset(token).await.expect_problem(403, "link_invalid");
    }

    // The first link is spent with the second, which changes the password.
    forget(&app, "ada@example.org").await;
    let first = app.mailed_token("ada@example.org", "password_reset").await;
    forget(&app, "ada@example.org").await;
    let second = app.mailed_token("ada@example.org", "password_reset").await;
    assert_ne!(first, second);
    let short = app.client().post(RESET).json(&json!({ "token": second, "password": "too short" })).await;
    assert_json_snapshot!(short.body["errors"], @r#"
    [
      {
        "code": "too_short",
        "field": "password",
        "limit": 12
      }
    ]
    "#);
    reset(&second).await.expect_status(204);
    reset(&first).await.expect_problem(403, "link_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_good_for_thirty_minutes() {
    let app = App::start().await;
    app.setup().await;
    let Some(clock) = app.movable_clock() else { return };
    forget(&app, "ada@example.org").await;
    let late = app.mailed_token("ada@example.org", "password_reset").await;
    clock.advance(Duration::from_mins(30));
    let request = json!({ "token": late, "password": NEW });
    app.client().post(RESET).json(&request).await.expect_problem(403, "link_invalid");
    forget(&app, "ada@example.org").await;
    let timely = app.mailed_token("ada@example.org", "password_reset").await;
    clock.advance(Duration::from_mins(29));
    app.client().post(RESET).json(&json!({ "token": timely, "password": NEW })).await.expect_status(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_dies_with_its_address() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace = ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    forget(&app, "grace@example.org").await;
    let token = app.mailed_token("grace@example.org", "password_reset").await;
    let change = ada.patch(&format!("/api/core/v1/users/{}", grace.id)).header("if-match", "\"1\"");
    change.json(&json!({ "email": "hopper@example.org" })).await.expect_status(200);
    let request = json!({ "token": token, "password": NEW });
    app.client().post(RESET).json(&request).await.expect_problem(403, "link_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_spends_the_link() {
    let app = App::start().await;
    app.setup().await;
    forget(&app, "ada@example.org").await;
    let token = app.mailed_token("ada@example.org", "password_reset").await;
    let reset =
        |password: &str| app.client().post(RESET).json(&json!({ "token": token, "password": password }));
    let others = "yet another battery staple";
    let [spent, refused] = at_once(&app, EMAIL_LINKS, reset(NEW), reset(others)).await;
    spent.expect_status(204);
    refused.expect_problem(403, "link_invalid");
    let mut answers = [sign_in_with(&app, NEW).await, sign_in_with(&app, others).await];
    answers.sort_unstable();
    assert_eq!(answers, [200, 401]);
    assert_eq!(app.mails("ada@example.org").await, ["password_reset", "password_changed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn three_mails_to_one_address_and_then_one_in_ten_minutes() {
    let app = App::start().await;
    for _ in 0..3 {
        forget(&app, "nobody@example.org").await;
    }
    let limited = app.client().post(FORGOT).json(&json!({ "email": "nobody@example.org" })).await;
    assert!(limited.header("retry-after").is_some());
    limited.expect_problem(429, "rate_limited");
    forget(&app, "somebody@example.org").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_speaks_its_readers_language() {
    let app = App::start().await;
    let ada = app.setup().await;
    let subject = async || app.newest_mail("ada@example.org").await.subject;
    forget(&app, "ada@example.org").await;
    assert_eq!(subject().await, "Choose a new password");
    let french = app.client().post(FORGOT).header("accept-language", "de, fr-CA;q=0.8, en;q=0.5");
    french.json(&json!({ "email": "ada@example.org" })).await.expect_status(202);
    assert_eq!(subject().await, "Choisissez un nouveau mot de passe");
    ada.patch(ME).json(&json!({ "locale": "en" })).await.expect_status(200);
    let french = app.client().post(FORGOT).header("accept-language", "fr");
    french.json(&json!({ "email": "ada@example.org" })).await.expect_status(202);
    assert_eq!(subject().await, "Choose a new password", "one's own choice wins");
}

#[tokio::test(flavor = "multi_thread")]
async fn changing_it_needs_the_current_one_and_ends_the_other_sessions() {
    let app = App::start().await;
    let here = app.setup().await;
    let there = app.sign_in("ada@example.org").await;
    let change = async |client: &Client, current: &str, new: &str| {
        client.post(CHANGE).json(&json!({ "current_password": current, "new_password": new })).await
    };
    assert_json_snapshot!(change(&here, "not the password", NEW).await, @r#"
    {
      "status": 422,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "validation_failed",
        "errors": [
          {
            "code": "wrong",
            "field": "current_password"
          }
        ],
        "request_id": "[uuid]",
        "status": 422,
        "title": "Some fields are not valid",
        "type": "urn:matrice:problem:validation_failed"
      }
    }
    "#);
    assert_json_snapshot!(change(&here, "", "short").await.body["errors"], @r#"
    [
      {
        "code": "required",
        "field": "current_password"
      },
      {
        "code": "too_short",
        "field": "new_password",
        "limit": 12
      }
    ]
    "#);
    change(app.client(), PASSWORD, NEW).await.expect_problem(401, "unauthenticated");
    there.get(ME).await.expect_status(200);

    change(&here, PASSWORD, NEW).await.expect_status(204);
    here.get(ME).await.expect_status(200);
    there.get(ME).await.expect_problem(401, "session_ended");
    assert_eq!((sign_in_with(&app, PASSWORD).await, sign_in_with(&app, NEW).await), (401, 200));
    assert_eq!(app.mails("ada@example.org").await, ["password_changed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thief_at_the_keyboard_may_not_guess_for_long() {
    let app = App::start().await;
    let ada = app.setup().await;
    let guess = json!({ "current_password": "not the password", "new_password": NEW });
    for _ in 0..10 {
        ada.post(CHANGE).json(&guess).await.expect_status(422);
    }
    ada.post(CHANGE).json(&guess).await.expect_problem(429, "rate_limited");
}
