//! Mail leaves by HTTP: a mail API takes it.

use std::time::Duration;

use contract::SentMails;
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use tests::{App, Builder, Peer};

const GRACE: &str = "grace@example.org";
const TOKEN: &str = "token-of-the-mail-api";

fn app(api: &Peer) -> Builder {
    App::builder()
        .variable("mail_transport", "http")
        .variable("mail_from", "Matrice <matrice@example.org>")
        .variable("mail_api_origin", api.url())
        .variable("mail_api_path", "/v1/messages")
        .variable("mail_api_token", TOKEN)
}

async fn api(answers: Value) -> Peer {
    Peer::start("mail_api.mjs", &json!({ "token": TOKEN, "answers": answers })).await
}

async fn write_to_grace(app: &App) {
    let ada = app.setup().await;
    ada.create_user(GRACE, "Grace Hopper", &[]).await;
    app.ask_for_reset(GRACE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_is_posted_with_its_id_as_the_key() {
    let api = api(json!([])).await;
    let app = app(&api).start().await;
    write_to_grace(&app).await;
    let written = app.newest_mail(GRACE).await;
    assert_eq!(app.tick().await.mails.sent, 1);
    assert!(app.newest_mail(GRACE).await.text.is_empty());

    let mut taken = api.taken().await;
    assert_eq!(taken.len(), 1);
    let body = &mut taken[0]["body"];
    assert_eq!(body["text"].take(), written.text);
    assert!(body["html"].take().as_str().unwrap().contains("Hello Grace Hopper"));
    assert_json_snapshot!(taken[0], { ".key" => "[uuid]" }, @r#"
    {
      "body": {
        "from": {
          "email": "matrice@example.org",
          "name": "Matrice"
        },
        "html": null,
        "subject": "Choose a new password",
        "text": null,
        "to": {
          "email": "grace@example.org"
        }
      },
      "key": "[uuid]",
      "path": "/v1/messages",
      "type": "application/json"
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_work_later_is_tried_again() {
    let api = api(json!([429, 503, 408, 409, 425])).await;
    let app = app(&api).start().await;
    let Some(clock) = app.movable_clock() else { return };
    write_to_grace(&app).await;
    for (status, minutes) in [(429, 1), (503, 2), (408, 4), (409, 8), (425, 16)] {
        assert_eq!(app.tick().await.mails.deferred, 1, "{status}");
        assert_eq!(app.last_error(GRACE).await, format!("the mail API answered {status}"));
        clock.advance(Duration::from_secs(30 * minutes));
        assert_eq!(app.tick().await.mails.deferred, 0, "{status}");
        clock.advance(Duration::from_secs(30 * minutes));
    }
    assert_eq!(app.tick().await.mails.sent, 1);
    assert_eq!(api.taken().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_never_will_fails_at_once() {
    let api = api(json!([302, 400, 422])).await;
    let app = app(&api).start().await;
    write_to_grace(&app).await;
    app.ask_for_reset(GRACE).await;
    app.ask_for_reset(GRACE).await;
    assert_eq!(app.tick().await.mails.failed, 3);
    assert_eq!(app.last_error(GRACE).await, "the mail API answered 422");
    assert!(api.taken().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_us_is_no_mails_fault() {
    let api = api(json!([])).await;
    let unknown = app(&api).variable("mail_api_token", "another-token").start().await;
    write_to_grace(&unknown).await;
    unknown.ask_for_reset(GRACE).await;
    // The next mail would hear the same, and is not tried.
    assert_eq!(unknown.tick().await.mails.deferred, 1);
    assert_eq!(unknown.tick().await.mails.deferred, 1);
    assert_eq!(unknown.last_error(GRACE).await, "the mail API answered 401");
    assert!(api.taken().await.is_empty());
    assert!(!unknown.log().contains("another-token"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_a_pause_gets_it() {
    let api = api(json!([403, 404, { "status": 429, "retry_after": "3600" }])).await;
    let app = app(&api).start().await;
    let Some(clock) = app.movable_clock() else { return };
    write_to_grace(&app).await;
    app.ask_for_reset(GRACE).await;
    let deferred = SentMails { deferred: 1, ..SentMails::default() };
    for _ in ["403", "404"] {
        assert_eq!(app.tick().await.mails, deferred);
    }
    clock.advance(Duration::from_mins(1));
    assert_eq!(app.tick().await.mails, deferred, "the other one is left alone");
    assert_eq!(app.tick().await.mails.sent, 1);
    clock.advance(Duration::from_mins(59));
    assert_eq!(app.tick().await.mails, SentMails::default());
    clock.advance(Duration::from_mins(1));
    assert_eq!(app.tick().await.mails.sent, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_that_is_down_is_tried_again() {
    let gone = api(json!([])).await;
    let app = app(&gone).start().await;
    drop(gone);
    write_to_grace(&app).await;
    assert_eq!(app.tick().await.mails.deferred, 1);
}
