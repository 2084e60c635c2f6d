//! `POST /api/core/v1/auth/password/...`: forgotten and changed passwords

use std::time::Duration;

use contract::Transport;
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use tests::{App, Call, Client, PASSWORD, sign_in_request};

use crate::at_once::{ACCOUNTS, in_turn};

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

/// Whoever had the old password is not half in.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_what_the_old_one_began() {
    let app = App::start().await;
    let (_, codes) = app.setup().await.add_authenticator(&app).await;
    let challenge = app.challenge("ada@example.org").await;
    forget(&app, "ada@example.org").await;
    let token = app.mailed_token("ada@example.org", "password_reset").await;
    let reset = json!({ "token": token, "password": NEW });
    app.client().post(RESET).json(&reset).await.expect_status(204);
    app.solve(&challenge, "recovery_code", &codes[0]).await.expect_problem(401, "challenge_invalid");
    assert_eq!(sign_in_with(&app, NEW).await, 202);
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

/// A hash of "password", with parameters of another day: signing in stores a new one.
const OLD: &str = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

/// Ada's account with that password, what resets it, and what signs in with it.
async fn reset_and_sign_in(app: &App) -> [Call; 2] {
    let database = app.database().client();
    database.execute("UPDATE password_credentials SET hash = $1", &[&OLD]).await.unwrap();
    forget(app, "ada@example.org").await;
    let token = app.mailed_token("ada@example.org", "password_reset").await;
    let reset = app.client().post(RESET).json(&json!({ "token": token, "password": NEW }));
    let mut request = sign_in_request("ada@example.org", Transport::Bearer);
    "password".clone_into(&mut request.password);
    [reset, app.client().post(LOGIN).json(&request)]
}

/// The old password was right when it was looked at.
#[tokio::test(flavor = "multi_thread")]
async fn who_signs_in_while_the_password_is_reset_is_refused() {
    for second_factor in [false, true] {
        let app = App::start().await;
        let ada = app.setup().await;
        if second_factor {
            ada.add_authenticator(&app).await;
        }
        let [reset, sign_in] = reset_and_sign_in(&app).await;
        let [reset, refused] = in_turn(&app, ACCOUNTS, reset, sign_in).await;
        reset.expect_status(204);
        refused.expect_problem(401, "invalid_credentials");
        let open = "SELECT (SELECT count(*) FROM sessions WHERE ended_at IS NULL)
                        + (SELECT count(*) FROM second_factor_challenges)";
        let open: i64 = app.database().client().query_one(open, &[]).await.unwrap().get(0);
        assert_eq!(open, 0);
        let status = if second_factor { 202 } else { 200 };
        let answers = (sign_in_with(&app, "password").await, sign_in_with(&app, NEW).await);
        assert_eq!(answers, (401, status), "the old password is not back");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_just_signed_in_when_it_is_reset_is_out_again() {
    let app = App::start().await;
    app.setup().await;
    let [reset, sign_in] = reset_and_sign_in(&app).await;
    let [signed_in, reset] = in_turn(&app, ACCOUNTS, sign_in, reset).await;
    reset.expect_status(204);
    let client = app.client().signed_in(signed_in.expect_status(200).json());
    client.get(ME).await.expect_problem(401, "session_ended");
    assert_eq!((sign_in_with(&app, "password").await, sign_in_with(&app, NEW).await), (401, 200));
}

/// Whoever has the session and the old password chooses no new one behind the owner's.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_comes_after_the_reset_changes_nothing() {
    let app = App::start().await;
    let ada = app.setup().await;
    forget(&app, "ada@example.org").await;
    let token = app.mailed_token("ada@example.org", "password_reset").await;
    let reset = app.client().post(RESET).json(&json!({ "token": token, "password": NEW }));
    let thiefs = "a staple of worse batteries";
    let change = ada.post(CHANGE).json(&json!({ "current_password": PASSWORD, "new_password": thiefs }));
    let [reset, refused] = in_turn(&app, ACCOUNTS, reset, change).await;
    reset.expect_status(204);
    assert_eq!(refused.body["errors"], json!([{ "field": "current_password", "code": "wrong" }]));
    refused.expect_problem(422, "validation_failed");
    assert_eq!((sign_in_with(&app, thiefs).await, sign_in_with(&app, NEW).await), (401, 200));
}
